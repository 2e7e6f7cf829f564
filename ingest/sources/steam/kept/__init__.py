"""What has been kept of Steam's answers: a store of its own beside the database."""

from ingest.sources.steam.kept.file import KeptFile

__all__ = ["KeptFile"]

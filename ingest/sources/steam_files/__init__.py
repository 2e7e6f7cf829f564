"""The three Steam files of McAuley's group, or others of their form."""

from ingest.sources.steam_files.find import SteamFiles, find_files
from ingest.sources.steam_files.role import Role

__all__ = ["Role", "SteamFiles", "find_files"]

"""The three Steam files of McAuley's group, or others of their form, as a source."""

from ingest.sources.steam_files.find import SteamFiles, find_files
from ingest.sources.steam_files.role import Role
from ingest.sources.steam_files.source import SteamFilesSource

__all__ = ["Role", "SteamFiles", "SteamFilesSource", "find_files"]

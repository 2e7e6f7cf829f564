"""From a source, such as the raw Steam files, to the store: read, cleaned, scored, compared, applied.

from ingest import ingest
from store import Database

report = ingest(Database("nextplay.sqlite3"), [Path("steam")])
"""

from ingest.changes import ChangeCounts
from ingest.errors import AlreadyRunning, Cancelled, GuardError, IngestError, SourceError
from ingest.refresh import ingest, retrain
from ingest.run_log import RunReport
from ingest.settings import IngestSettings
from ingest.sources.address import is_address, is_steam
from ingest.sources.find import FoundFiles, find_inputs
from ingest.sources.locations import DOWNLOADS
from ingest.sources.source import Source, SourceRecord
from ingest.sources.steam_files import Role, SteamFiles, find_files
from ingest.training_step import TrainCounts

__all__ = [
    "DOWNLOADS",
    "AlreadyRunning",
    "Cancelled",
    "ChangeCounts",
    "FoundFiles",
    "GuardError",
    "IngestError",
    "IngestSettings",
    "Role",
    "RunReport",
    "Source",
    "SourceError",
    "SourceRecord",
    "SteamFiles",
    "TrainCounts",
    "find_files",
    "find_inputs",
    "ingest",
    "is_address",
    "is_steam",
    "retrain",
]

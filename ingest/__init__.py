"""From the raw Steam files to the store: found, read, cleaned, scored, compared, applied.

from ingest import ingest
from store import Database

report = ingest(Database("nextplay.sqlite3"), [Path("steam")])
"""

from ingest.changes import Change, ChangeCounts
from ingest.errors import AlreadyRunning, Cancelled, GuardError, IngestError, SourceError
from ingest.refresh import DOWNLOADS, TrainCounts, ingest, retrain
from ingest.run_log import RunReport, SourceRecord
from ingest.runtime.progress import ProgressSink, SilentProgress
from ingest.settings import IngestSettings
from ingest.sources.steam_files.find import Role, Sources, find_sources, is_address

__all__ = [
    "DOWNLOADS",
    "AlreadyRunning",
    "Cancelled",
    "Change",
    "ChangeCounts",
    "GuardError",
    "IngestError",
    "IngestSettings",
    "ProgressSink",
    "Role",
    "RunReport",
    "SilentProgress",
    "SourceError",
    "SourceRecord",
    "Sources",
    "TrainCounts",
    "find_sources",
    "ingest",
    "is_address",
    "retrain",
]

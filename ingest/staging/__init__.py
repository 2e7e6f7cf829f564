"""Reading, cleaning and scoring the three files without touching the store."""

from ingest.staging.stage import Known, stage
from ingest.staging.staged import Libraries, Staged, StagedPlayer, StagedSource

__all__ = ["Known", "Libraries", "Staged", "StagedPlayer", "StagedSource", "stage"]

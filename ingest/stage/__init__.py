"""Reading, cleaning and scoring the three files without touching the store."""

from ingest.stage.run import Known, stage
from ingest.stage.staged import Libraries, Staged, StagedPlayer, StagedSource

__all__ = ["Known", "Libraries", "Staged", "StagedPlayer", "StagedSource", "stage"]

"""Reading, cleaning and scoring all that a source says, without touching the store."""

from ingest.stage.stage import stage
from ingest.stage.staged import Libraries, Staged, StagedPlayer

__all__ = ["Libraries", "Staged", "StagedPlayer", "stage"]

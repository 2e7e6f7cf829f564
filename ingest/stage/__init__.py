"""Reading, cleaning and scoring all that a source says, without touching the store."""

from ingest.stage.stage import stage
from ingest.stage.staged import AnonymousLibraries, Libraries, Staged, StagedPlayer

__all__ = ["AnonymousLibraries", "Libraries", "Staged", "StagedPlayer", "stage"]

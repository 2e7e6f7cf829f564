"""Reading and cleaning all that a source says, without touching the store."""

from ingest.stage.players import StagedPlayers
from ingest.stage.stage import stage
from ingest.stage.staged import AnonymousLibraries, Libraries, Staged

__all__ = ["AnonymousLibraries", "Libraries", "Staged", "StagedPlayers", "stage"]

"""Writing what was staged, as far as it differs from what the store has."""

from ingest.load.load import Loaded, load
from ingest.load.players import StoredPlayers

__all__ = ["Loaded", "StoredPlayers", "load"]

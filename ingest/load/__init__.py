"""Writing what was staged, as far as it differs from what the store has."""

from ingest.load.apply import apply, known

__all__ = ["apply", "known"]

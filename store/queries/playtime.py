"""Playtime: the store counts minutes, as Steam does, and queries answer in hours."""

_MINUTES_PER_HOUR = 60


def hours(minutes: float) -> float:
    """Return `minutes` in hours, not rounded."""
    return minutes / _MINUTES_PER_HOUR

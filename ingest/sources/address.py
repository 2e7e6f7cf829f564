"""Telling addresses from paths."""

from pathlib import Path


def is_address(location: str | Path) -> bool:
    """Tell whether a location is an http(s) address rather than a path."""
    return isinstance(location, str) and location.lower().startswith(("http://", "https://"))

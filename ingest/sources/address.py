"""Distinguishing addresses from paths."""

from pathlib import Path

from ingest.errors import SourceError


def at_home(location: str | Path) -> Path:
    """Return the path that a location names, where `~` is the home folder.

    Raises:
        SourceError: That of another user who is not known here.
    """
    try:
        return Path(location).expanduser()
    except RuntimeError:
        raise SourceError(
            f"The home folder that {location} begins with is not known; write the path out."
        ) from None


# Names Steam itself as a source; a folder of this name is `./steam`.
STEAM = "steam"


def is_steam(location: str | Path) -> bool:
    """Return whether a location is Steam itself rather than a place of files."""
    return isinstance(location, str) and location.lower() == STEAM


def is_address(location: str | Path) -> bool:
    """Return whether a location is an http(s) address rather than a path."""
    return isinstance(location, str) and location.lower().startswith(("http://", "https://"))

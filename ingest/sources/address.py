"""Distinguishing addresses from paths."""

import re
from pathlib import Path

from ingest.errors import SourceError

# What begins an address of any kind, such as ftp:// or s3://; a drive of Windows has one letter.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def at_home(location: str | Path) -> Path:
    """Return the path that a location names, where `~` is the home folder.

    Raises:
        SourceError: It is an address of another kind than http(s), or the home folder of somebody who is
            not known here.
    """
    if isinstance(location, str) and _SCHEME.match(location) and not Path(location).exists():
        raise SourceError(
            f"{location} is no address that can be read; give one that begins with https://, or a path."
        )
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

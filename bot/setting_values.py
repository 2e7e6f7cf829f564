"""What a setting's value may be. Every function raises ValueError, whose message never holds the value."""

import datetime as dt
import re
import stat
import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from rapidfuzz import process

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_READABLE_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_QUOTES = ('""', "''", "“”", "‘’", "„“", "«»", "``")
# Discord's ids are numbers of 64 bits that count from 2015 on.
_DISCORD_ID = re.compile(r"\d{17,20}")
# A name of a zone is alike from this share of equal letters on, in percent.
_ALIKE = 70.0


def plain(value: str) -> str:
    """Return `value` without white space around it, such as the CR of a file from Windows."""
    value = value.strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value):
        raise ValueError("it holds a control character or bytes that are not UTF-8; type it anew")
    if len(value) > 1 and value[0] + value[-1] in _QUOTES:
        raise ValueError("it stands in quotation marks; remove them")
    return value


def token(value: str) -> str:
    """Return a token as it can be sent to Discord."""
    if not value.isascii() or any(letter.isspace() for letter in value):
        raise ValueError("a token has neither spaces nor letters with accents; copy it again")
    return value


def file_path(path: Path) -> Path:
    """Return the path of a file that need not exist yet."""
    path = _local(path)
    mode = _mode(path)
    if mode is not None and stat.S_ISDIR(mode):
        raise ValueError("it is a folder; name a file in it")
    return path


def folder_path(path: Path) -> Path:
    """Return the path of a folder that need not exist yet."""
    path = _local(path)
    mode = _mode(path)
    if mode is not None and not stat.S_ISDIR(mode):
        raise ValueError("it is a file; name a folder")
    return path


def locations(value: str) -> tuple[str, ...]:
    """Split a list of folders, files and http(s) addresses; an existing path is one whatever its name."""
    if _is_there(value):
        return (value,)
    parts = tuple(part.strip() for part in value.split(",") if part.strip())
    if not parts:
        raise ValueError("it names nothing; give a folder, files or http(s) addresses")
    if any(_SCHEME.match(part) and not _READABLE_ADDRESS.match(part) for part in parts):
        raise ValueError(
            "only addresses that begin with http:// or https:// can be read, and paths without any"
        )
    return parts


def clock_time(value: object) -> object:
    """Return a time of day given as HH:MM; a number would be taken for seconds otherwise."""
    if not isinstance(value, str):
        return value
    match = _CLOCK.fullmatch(value)
    if match is None:
        raise ValueError("give a time of day as HH:MM, from 00:00 to 23:59, without a zone")
    hour, minute, second = (int(part or 0) for part in match.groups())
    return dt.time(hour, minute, second)


def zone_name(name: str) -> str:
    """Return the name of a time zone; an empty one is the machine's."""
    if name:
        zone(name)
    return name


def zone(name: str) -> ZoneInfo:
    """Return the time zone of a name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"no time zone has this name; use one such as {nearest_zone(name)}") from None


def nearest_zone(name: str) -> str:
    """Return the zone whose name resembles `name` most, or an example where none does."""
    match = process.extractOne(name, sorted(available_timezones()), score_cutoff=_ALIKE)
    return "Europe/Madrid" if match is None else str(match[0])


def discord_ids(value: object) -> object:
    """Split a list of Discord ids."""
    if not isinstance(value, str):
        return value
    ids = [part for part in re.split(r"[\s,;]+", value) if part]
    if not all(_DISCORD_ID.fullmatch(part) for part in ids):
        raise ValueError("give Discord ids, numbers of 17 to 20 digits, separated by commas")
    return tuple(map(int, ids))


def _local(path: Path) -> Path:
    if _SCHEME.match(str(path)):
        raise ValueError("it is an address; give a path on this machine")
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError("the home folder that ~ stands for is unknown; give the whole path") from None


def _mode(path: Path) -> int | None:
    """Return the mode of what is at `path`, None where there is nothing."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ValueError(f"the path cannot be looked at ({error.strerror}); give another one") from None


def _is_there(location: str) -> bool:
    """Tell whether a list of locations is in truth one path; a list may be too long to be looked up."""
    try:
        return Path(location).expanduser().exists()
    except (OSError, RuntimeError):
        return False

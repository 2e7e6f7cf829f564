"""What a setting's value may be. Every function raises ValueError, whose message never holds the value."""

import datetime as dt
import re
import stat
import unicodedata
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from api.options import DEFAULT_RATE_LIMIT
from store.publication.manifest import MANIFEST

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_READABLE_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_QUOTES = ('""', "''", "“”", "‘’", "„“", "«»", "``")
# What stands for any address, and for no limit of requests.
_ANYBODY = "*"
NO_LIMIT = "none"
# Discord's ids are numbers of 64 bits that count from 2015 on.
_DISCORD_ID = re.compile(r"\d{17,20}")
_STEAM_KEY = re.compile(r"[0-9A-Fa-f]{32}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_STEAM_LANGUAGE = re.compile(r"[a-z]{3,20}")
# A name of a zone is alike from this share of equal letters on, in percent.
_ALIKE = 70.0


def plain(value: str) -> str:
    """Return `value` without white space around it, such as the CR of a file from Windows."""
    value = value.strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value):
        raise ValueError("it holds a control character or bytes that are not UTF-8; type it again")
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
    named = parts(value)
    if not named:
        raise ValueError("it names nothing; give a folder, files or http(s) addresses")
    if any(_SCHEME.match(part) and not _READABLE_ADDRESS.match(part) for part in named):
        raise ValueError(
            "only addresses that begin with http:// or https:// can be read, and paths without any"
        )
    return named


def store_location(value: str | None) -> str | None:
    """Return where the manifest of a published store is: a path, or an address of whatever kind."""
    if value is None:
        return None
    if _SCHEME.match(value):
        return value + MANIFEST if value.endswith("/") else value
    path = file_path(Path(value) / MANIFEST if _is_folder(value) else Path(value))
    return str(path)


def is_address(value: str) -> bool:
    """Return whether a location is an address of any kind."""
    return _SCHEME.match(value) is not None


def is_web_address(value: str) -> bool:
    """Return whether a location is an http(s) address."""
    return _READABLE_ADDRESS.match(value) is not None


def parts(value: str) -> tuple[str, ...]:
    """Split a list at its commas."""
    return tuple(part.strip() for part in value.split(",") if part.strip())


def steam_key(value: str) -> str:
    """Return a Steam Web API key as it can be sent."""
    if not _STEAM_KEY.fullmatch(value):
        raise ValueError("a key has 32 digits and letters from A to F; copy it again")
    return value


def country(value: str) -> str:
    """Return a country by its ISO 3166 code."""
    if not _COUNTRY.fullmatch(value):
        raise ValueError("it takes two letters such as US or DE")
    return value.upper()


def steam_languages(value: object) -> object:
    """Split a list of languages by Steam's names."""
    if not isinstance(value, str):
        return value
    names = parts(value.lower())
    if not names or not all(_STEAM_LANGUAGE.fullmatch(name) for name in names):
        raise ValueError("it takes Steam's names such as english, spanish or schinese, separated by commas")
    return tuple(dict.fromkeys(names))


def base_address(value: str) -> str:
    """Return the address of a host without what follows its name."""
    if not _names_a_host(value) or any(mark in value for mark in "?#@"):
        raise ValueError("it takes an address such as https://api.steampowered.com")
    return value.rstrip("/")


def origins(value: str) -> str:
    """Return a list of origins as browsers name them, without anything behind the host and its port."""
    named = [part if part == _ANYBODY else part.rstrip("/") for part in parts(value)]
    for part in named:
        if part != _ANYBODY and (part.count("/") != 2 or base_address(part) != part):
            raise ValueError("it takes origins such as https://example.org, separated by commas, or *")
    return ",".join(named)


def _names_a_host(address: str) -> bool:
    """Return whether an http(s) address has the name of a host, and a port, that can be asked for."""
    # Imported here: few addresses are set.
    import httpx

    try:
        parsed, port = httpx.URL(address), urlsplit(address).port
    except (httpx.InvalidURL, ValueError):
        return False
    has_spaces = any(map(str.isspace, address))
    return parsed.scheme in {"http", "https"} and bool(parsed.host) and not has_spaces and port != 0


def public_address(value: str) -> str:
    """Return the address at which browsers reach a page; only on this machine may it be without TLS.

    Empty is none.
    """
    if not value:
        return value
    address = base_address(value)
    host = urlsplit(address).hostname
    if not address.lower().startswith("https:") and host not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("it takes an https address, such as https://bot.example.org")
    return address


def networks(value: str) -> str:
    """Return a list of addresses and networks, such as those of proxies."""
    for part in parts(value):
        try:
            if part != _ANYBODY:
                ip_network(part)
        except ValueError:
            raise ValueError("it takes addresses and networks such as 10.0.0.0/8, or *") from None
    return value


def rate_limit(value: str) -> str:
    """Return how many requests may be made in how long, or that there is no limit."""
    if value in (DEFAULT_RATE_LIMIT, NO_LIMIT):
        return value
    # Imported here: it is rarely set, and a process without an API does not carry the library.
    import limits

    try:
        limits.parse(value)
    except ValueError:
        raise ValueError('it says how many in how long, such as 600/minute, or "none"') from None
    return value


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
    # Imported here: few names are misspelt.
    from rapidfuzz import process

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


def _is_folder(location: str) -> bool:
    try:
        return Path(location).expanduser().is_dir()
    except (OSError, RuntimeError):
        return False


def _is_there(location: str) -> bool:
    """Return whether a list of locations is in truth one path; a list may be too long to be looked up."""
    try:
        return Path(location).expanduser().exists()
    except (OSError, RuntimeError):
        return False

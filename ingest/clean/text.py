"""Cleaning the text of the sources."""

import re
from functools import lru_cache

from ingest.clean.entities import resolve_entities
from ingest.parse.fields import UnusableValue, name

# Steam gives a game at most some twenty of anything; each more would be a row.
_MOST_IN_A_LIST = 100
# Steam's own limit is 32 characters.
_LONGEST_USER_ID = 256
# Words that describe games are short, and a few hundred.
_LONGEST_WORD = 64
# What spreadsheets make of a long number, such as 7.6561E+16.
_ROUNDED = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
_MOST_STEAM_ID = 2**64 - 1


def clean_text(text: str) -> str:
    """Return `text` stripped, with its HTML entities resolved until none are left (`&amp;amp;` exists)."""
    if "&" in text:
        text = resolve_entities(text)
    return _well_formed(text.strip())


def _well_formed(text: str) -> str:
    """Join surrogates, as Python 2 wrote them, into characters; what is no text becomes U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def clean_name(value: object) -> str | None:
    """Return a clean name, None if nothing is left of it.

    Raises:
        UnusableValue: If it is no text, or too long.
    """
    return clean_text(name(value)) or None


def clean_optional(value: object) -> str | None:
    """Return a clean name, or None if `value` is none or nothing is left of it."""
    try:
        return clean_name(value)
    except UnusableValue:
        return None


def clean_user_id(text: str) -> str:
    """Return the cleaned user id.

    Raises:
        UnusableValue: If nothing is left of it, or it is too long.
    """
    user_id = clean_text(text)
    if not user_id:
        raise UnusableValue("no user_id")
    if len(user_id) > _LONGEST_USER_ID:
        raise UnusableValue(f"user_id longer than {_LONGEST_USER_ID} characters")
    return user_id


def require_all_digits(number: str) -> None:
    """Raise UnusableValue for the number of a person that a spreadsheet has rounded: many share it."""
    if _ROUNDED.fullmatch(number.strip()):
        raise UnusableValue("a rounded number, of which digits are lost")


def clean_steam_id(text: str) -> str | None:
    """Return the digits of a SteamID64, None for no text.

    Raises:
        UnusableValue: If it is no such number.
    """
    digits = clean_text(text)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 20 and int(digits) <= _MOST_STEAM_ID):
        raise UnusableValue("not a SteamID")
    return digits


def clean_list(values: object) -> tuple[str, ...]:
    """Return the clean texts of a list in its order, each once.

    Raises:
        UnusableValue: If it is no list, or some of it cannot be used; the rest is `instead`.
    """
    if not isinstance(values, list):
        raise UnusableValue("not a list", instead=())
    try:
        if len(values) <= _MOST_IN_A_LIST and max(map(len, values), default=0) <= _LONGEST_WORD:
            return tuple(filter(None, dict.fromkeys(map(_clean_short, values))))
    except (TypeError, UnusableValue):
        pass  # an entry is no text
    return _usable_entries(values)


def _usable_entries(values: list[object]) -> tuple[str, ...]:
    reason = None
    cleaned: dict[str, None] = {}
    for value in values:
        try:
            word = clean_name(value)
        except UnusableValue as error:
            reason = f"an entry: {error}"
            continue
        if word is None or word in cleaned:
            continue
        if len(cleaned) == _MOST_IN_A_LIST:
            reason = f"more than {_MOST_IN_A_LIST} entries"
            break
        cleaned[word] = None
    if reason is not None:
        raise UnusableValue(reason, instead=tuple(cleaned))
    return tuple(cleaned)


@lru_cache(maxsize=4096)
def _clean_short(text: object) -> str | None:
    """Clean one of the few hundred words that describe games."""
    return clean_name(text)

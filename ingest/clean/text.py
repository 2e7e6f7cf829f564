"""Cleaning the text of the sources."""

from functools import lru_cache
from html import unescape


def clean_text(text: str) -> str:
    """Return `text` stripped, with its HTML entities resolved until none are left (`&amp;amp;` exists)."""
    while "&" in text and (resolved := unescape(text)) != text:
        text = resolved
    return _well_formed(text.strip())


def _well_formed(text: str) -> str:
    """Join surrogates, as Python 2 wrote them, into characters; one alone is no text and becomes U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def clean_optional(value: object) -> str | None:
    """Return clean text, or None if `value` is no text or nothing is left of it."""
    return (clean_text(value) or None) if isinstance(value, str) else None


def clean_list(values: object) -> tuple[str, ...]:
    """Return the clean texts of a list in its order, each once."""
    if not isinstance(values, list):
        return ()
    cleaned = (_clean_word(value) for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(filter(None, cleaned)))


@lru_cache(maxsize=4096)
def _clean_word(text: str) -> str:
    """Clean one of the few hundred words that describe games."""
    return clean_text(text)

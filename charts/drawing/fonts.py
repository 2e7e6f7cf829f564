"""Which installed fonts write a text, whatever its script."""

import logging
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font

log = logging.getLogger(__name__)

# Comes with Matplotlib: Latin, Greek, Cyrillic and many signs, on every machine.
BASE = "DejaVu Sans"
# What Linux, Windows and macOS usually have for the rest, the first found wins.
_OTHERS = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans SC",
    "Noto Sans JP",
    "Noto Sans KR",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "Hiragino Sans",
    "Apple SD Gothic Neo",
    "Noto Sans Thai",
    "Noto Looped Thai",
    "Leelawadee UI",
    "Thonburi",
    "Noto Sans Arabic",
    "Noto Naskh Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Malayalam",
    "Noto Sans Kannada",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Sinhala",
    "Nirmala UI",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    "Noto Sans Ethiopic",
    "Noto Sans Khmer",
    "Noto Sans Lao",
    "Noto Sans Myanmar",
    "Noto Sans Symbols",
    "Noto Sans Symbols2",
    "Noto Sans Math",
    "Segoe UI Symbol",
    "Arial Unicode MS",
    "Noto Emoji",
    # Colour emoji are pictures, which neither Matplotlib nor a word cloud can draw; these are outlines.
    "Symbola",
)


def families_for(text: str) -> list[str]:
    """Return the font families that write `text`, in the order in which to try them for a character.

    A character that none of them has becomes a box, which is logged the first time.
    """
    for script in sorted({_script(character) for character in unwritable(text)}):
        _report(script)
    needed = {_family_with(character) for character in text}
    return [family for family in _installed_families() if family == BASE or family in needed]


def unwritable(text: str) -> str:
    """Return the characters of `text` that no installed font has, each once."""
    return "".join(
        character
        for character in dict.fromkeys(text)
        if _family_with(character) is None and unicodedata.category(character)[0] not in "CZ"
    )


def file_for(texts: Iterable[tuple[str, float]]) -> tuple[str, list[tuple[str, float]]]:
    """Return the font file that writes most of the weighted texts, and those of them that it writes whole."""
    texts = list(texts)
    written = {
        family: [(text, weight) for text, weight in texts if _characters(family).issuperset(map(ord, text))]
        for family in families_for("".join(text for text, _ in texts))
    }
    best = max(written, key=lambda family: sum(weight for _, weight in written[family]))
    return _file(best), written[best]


def _script(character: str) -> str:
    """Return what a log line calls characters of this kind: the script of a letter, else symbols."""
    is_letter = unicodedata.category(character)[0] in "LM"
    return unicodedata.name(character, "unnamed").split()[0].title() if is_letter else "some symbols"


@cache
def _report(script: str) -> None:
    log.warning(
        "No installed font has all of %s, so boxes are drawn; docs/deployment.md names fonts.", script
    )


@lru_cache(maxsize=1)
def _installed_families() -> tuple[str, ...]:
    installed = set(fontManager.get_font_names())
    return (BASE, *(family for family in _OTHERS if family in installed))


@lru_cache(maxsize=4096)
def _family_with(character: str) -> str | None:
    return next((family for family in _installed_families() if ord(character) in _characters(family)), None)


@lru_cache
def _characters(family: str) -> frozenset[int]:
    # A font may map control characters too, which no layout of text takes.
    return frozenset(code for code in FT2Font(_file(family)).get_charmap() if chr(code).isprintable())


@lru_cache
def _file(family: str) -> str:
    return str(fontManager.findfont(FontProperties(family=family)))

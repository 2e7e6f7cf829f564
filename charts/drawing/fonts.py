"""Which installed fonts write a text, whatever its script."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font

# Comes with Matplotlib: Latin, Greek, Cyrillic and many signs, on every machine.
BASE = "DejaVu Sans"
# What Linux, Windows and macOS usually have for the rest, the first found wins.
_OTHERS = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
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
)
_MISSING = "\ufffd"


def legible(text: str) -> tuple[str, list[str]]:
    """Return `text` as it can be written here, and the font families to write it with, in order.

    A character that no font has becomes U+FFFD; one that only joins or decorates others is left out unless
    the font of what it decorates has it, for they are drawn together.
    """
    families = [BASE]
    shown = []
    decorated = BASE
    for character in text:
        if _is_decoration(character):
            if ord(character) in _characters(decorated):
                shown.append(character)
            continue
        family = _family_with(character)
        shown.append(_MISSING if family is None else character)
        decorated = family or BASE
        if decorated not in families:
            families.append(decorated)
    return "".join(shown), families


def file_for(texts: Iterable[tuple[str, float]]) -> tuple[str, list[tuple[str, float]]]:
    """Return the font file that writes most of the weighted texts, and those of them that it writes whole."""
    texts = list(texts)
    candidates = dict.fromkeys(family for text, _ in texts for family in legible(text)[1])
    written = {
        family: [(text, weight) for text, weight in texts if _characters(family).issuperset(map(ord, text))]
        for family in (BASE, *candidates)
    }
    best = max(written, key=lambda family: sum(weight for _, weight in written[family]))
    return _file(best), written[best]


@lru_cache(maxsize=4096)
def _family_with(character: str) -> str | None:
    return next((family for family in _families() if ord(character) in _characters(family)), None)


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    installed = set(fontManager.get_font_names())
    return (BASE, *(family for family in _OTHERS if family in installed))


@lru_cache
def _characters(family: str) -> frozenset[int]:
    return frozenset(FT2Font(_file(family)).get_charmap())


@lru_cache
def _file(family: str) -> str:
    return str(fontManager.findfont(FontProperties(family=family)))


def _is_decoration(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Cf", "Sk"}

"""Which installed fonts write a text, whatever its script."""

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


def families_for(text: str) -> list[str]:
    """Return the font families that write `text`, in the order in which to try them for a character."""
    needed = {_family_with(character) for character in text}
    return [family for family in _installed_families() if family == BASE or family in needed]


def file_for(texts: Iterable[tuple[str, float]]) -> tuple[str, list[tuple[str, float]]]:
    """Return the font file that writes most of the weighted texts, and those of them that it writes whole."""
    texts = list(texts)
    written = {
        family: [(text, weight) for text, weight in texts if _characters(family).issuperset(map(ord, text))]
        for family in families_for("".join(text for text, _ in texts))
    }
    best = max(written, key=lambda family: sum(weight for _, weight in written[family]))
    return _file(best), written[best]


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

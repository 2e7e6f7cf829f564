"""The franchise that a title names: what stands before a colon or dash, without numerals and editions."""

import re

from store.names.search_key import search_key

# A dash within a word ("Counter-Strike") divides nothing.
_SUBTITLE = re.compile(r":|\s[-\u2013\u2014]\s")
_ROMAN = re.compile(r"x{0,2}(?:ix|iv|v?i{0,3})")
_OF_A_PART = frozenset(
    (
        *("classic", "collection", "complete", "definitive", "edition", "enhanced", "episode", "gold", "hd"),
        *("redux", "remastered", "season", "the", "vr"),
    )
)


def franchise(title: str, key: str | None = None) -> tuple[str, ...]:
    """Return the franchise that a title names, or none: "DARK SOULS III" gives ("dark souls",).

    A numeral alone names none. That two titles merely share a word says nothing either: all words count.

    Args:
        title: The title.
        key: The search key of the title, if it is known.
    """
    first, *subtitle = _SUBTITLE.split(title, maxsplit=1)
    words = (search_key(first) if subtitle or key is None else key).split()
    left = [word for word in words if not (word.isdigit() or _ROMAN.fullmatch(word) or word in _OF_A_PART)]
    return (" ".join(left),) if left else ()

"""How much a name resembles what was typed."""

from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from store.dialect import SHORTEST_PIECE
from store.names.search_key import squashed

# The number of pieces that a misspelt name is cut into; few mistakes leave most of them whole.
_PIECES = 8
# A shorter name is part of many a word.
_SHORTEST_PART = 5
# What it counts for that a part resembles what was typed: a part of a name that is as long or longer, or
# shorter than what was typed.
_OF_LONGER = 0.9
_OF_SHORTER = 0.75


def pieces_of(key: str) -> list[str]:
    """Cut a key into at most `_PIECES` pieces: all trigrams of a short one, some tetragrams of a long one."""
    size = SHORTEST_PIECE + (len(key) > _PIECES + 2)
    starts = len(key) - size + 1
    count = min(starts, _PIECES)
    return list(dict.fromkeys(key[at * starts // count :][:size] for at in range(count)))


def closest(key: str, others: Sequence[str], least: float) -> dict[int, float]:
    """Return how much whole names resemble what was typed, whatever their spacing, at least `least`.

    Args:
        key: What was typed.
        others: The names.
        least: The least resemblance, 0 to 100.

    Returns:
        The resemblances, 0 to 100, by the place of each name in `others`.
    """
    return _resembling(fuzz.ratio, squashed(key), [squashed(other) for other in others], least)


def similarities(key: str, others: Sequence[str], least: float) -> dict[int, float]:
    """Return the same where a part of a name may resemble what was typed, which counts for less."""
    found = closest(key, others, least)
    parts = _resembling(fuzz.partial_ratio, key, others, least / _OF_LONGER)
    for at, score in parts.items():
        other = others[at]
        if len(other) >= _SHORTEST_PART:
            of_part = score * (_OF_LONGER if len(other) >= len(key) else _OF_SHORTER)
            found[at] = max(of_part, found.get(at, 0.0))
    return found


def _resembling(
    scorer: Callable[..., float], key: str, others: Sequence[str], least: float
) -> dict[int, float]:
    close = process.extract(key, others, scorer=scorer, score_cutoff=least, limit=None)
    return {at: score for _, score, at in close}

"""How much a name resembles what was typed."""

from rapidfuzz import fuzz

from store.dialect import SHORTEST_PIECE

# The number of pieces that a misspelt name is cut into; few mistakes leave most of them whole.
_PIECES = 8
# A shorter name is part of many a word.
_SHORTEST_PART = 5


def pieces_of(key: str) -> list[str]:
    """Cut a key into at most `_PIECES` pieces: all trigrams of a short one, some tetragrams of a long one."""
    size = SHORTEST_PIECE + (len(key) > _PIECES + 2)
    starts = len(key) - size + 1
    count = min(starts, _PIECES)
    return list(dict.fromkeys(key[at * starts // count :][:size] for at in range(count)))


def closeness(key: str, other: str) -> float:
    """Return the similarity of two whole names, 0 to 100, whatever their spacing."""
    return fuzz.ratio(key.replace(" ", ""), other.replace(" ", ""))


def similarity(key: str, other: str) -> float:
    """Return how much a name resembles what was typed, 0 to 100; a part of it that does counts for less."""
    whole = closeness(key, other)
    if len(other) < _SHORTEST_PART:
        return whole
    return max(whole, fuzz.partial_ratio(key, other) * (0.9 if len(other) >= len(key) else 0.75))

"""Titles of generated games, whose words are as frequent as those of the real catalogue.

    python -m benchmarks.grown_titles STORE...

prints what titles of stores are like, to compare generated ones with those of the real files.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sqlalchemy import select

from store import Database
from store.models import Game
from store.names.editions import edition_key
from store.names.search_key import search_key

# In the catalogue of early 2018 the word of a rank is in this share of all titles, as this module prints it.
_SHARES = {
    1: 0.1415,
    2: 0.1109,
    3: 0.0927,
    5: 0.0497,
    10: 0.0276,
    20: 0.0186,
    50: 0.0069,
    100: 0.0039,
    300: 0.0019,
    1_000: 0.00062,
    3_000: 0.00018,
    9_000: 0.00005,
}
# The number of words in four times as many titles, where each of the rarest is in one title.
_WORDS = 60_000
# The share of titles with one word, with two, and so on.
_LENGTHS = (0.118, 0.196, 0.198, 0.137, 0.116, 0.09, 0.067, 0.045, 0.033)
# One game in this many is an edition of the one before it.
_EDITION = 92
_FREQUENT = ("the", "of", "pack", "2", "and", "edition", "a", "in", "world", "3")
_SYLLABLES = [
    first + vowel + last for last in ("", *"nrsl") for first in "bcdfghjklmnprstvwz" for vowel in "aeiou"
]
_WORD = re.compile(r"[^\W_]+")


def titles(count: int, random: np.random.Generator) -> Iterator[str]:
    """Yield titles, of which no two are the same."""
    words = _words()
    ranks = np.arange(1, _WORDS + 1)
    shares = np.interp(
        np.log(ranks), np.log([*_SHARES, _WORDS]), np.log([*_SHARES.values(), 1 / (4 * _WORDS)])
    )
    weights = np.exp(shares)
    ends = np.cumsum(weights / weights.sum())
    lengths = 1 + random.choice(len(_LENGTHS), count, p=np.array(_LENGTHS) / sum(_LENGTHS))
    given: set[str] = set()
    before = ""
    for number, length in enumerate(lengths.tolist()):
        if before and number % _EDITION == 0:
            title = f"{before} Deluxe Edition"
        else:
            title = " ".join(words[rank] for rank in np.searchsorted(ends, random.random(length)).tolist())
        while title in given:
            another = words[random.integers(_WORDS)]
            title = another if length == 1 else f"{title} {another}"
        given.add(title)
        before = title
        yield title


def _words() -> list[str]:
    """Return words by their rank: those of any catalogue first, then invented ones."""
    made = (_word(number) for number in range(_WORDS - len(_FREQUENT)))
    return [word.capitalize() for word in (*_FREQUENT, *made)]


def _word(number: int) -> str:
    """Return the word of a number: its digits in syllables, from two on."""
    syllables: list[str] = []
    # Neighbours in rank have nothing in common.
    rest = number * 40_503_001 % len(_SYLLABLES) ** 3
    while rest or len(syllables) < 2:
        rest, digit = divmod(rest, len(_SYLLABLES))
        syllables.append(_SYLLABLES[digit])
    return "".join(syllables)


def figures(titles: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what titles are like, each with its name."""
    words = [_WORD.findall(title.casefold()) for title in titles]
    lengths = Counter(map(len, words))
    shares = Counter(word for of_title in words for word in set(of_title)).most_common()
    told = Counter(title.casefold() for title in titles)
    pieces = Counter(piece for title in titles for piece in _pieces(search_key(title))).most_common()
    keys = Counter(edition_key(search_key(title)) for title in titles)
    yield "titles", f"{len(titles):,}"
    yield "share that another game has too", f"{sum(n for n in told.values() if n > 1) / len(titles):.4f}"
    yield "share that has other editions", f"{sum(n for n in keys.values() if n > 1) / len(titles):.4f}"
    yield "different words", f"{len(shares):,}"
    for length in range(1, 10):
        yield f"share of {length} words", f"{lengths[length] / len(titles):.3f}"
    for rank in (rank for rank in _SHARES if rank <= len(shares)):
        yield f"share with the word of rank {rank:,}", f"{shares[rank - 1][1] / len(titles):.5f}"
    for rank in (rank for rank in _SHARES if rank <= len(pieces)):
        yield f"share with the piece of rank {rank:,}", f"{pieces[rank - 1][1] / len(titles):.5f}"


def _pieces(key: str) -> set[str]:
    """Return the three letters in a row by which misspelt names are searched."""
    return {key[start : start + 3] for start in range(len(key) - 2)}


def main() -> None:
    """Print the figures of the stores that the command line names, side by side."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stores", nargs="+", type=Path)
    columns = [dict(figures(_titles_of(store))) for store in parser.parse_args().stores]
    for name in columns[0]:
        print(f"{name:>40}", *(f"{column.get(name, ''):>10}" for column in columns))


def _titles_of(store: Path) -> list[str]:
    database = Database(store)
    with database.reader(seconds=600) as session:
        return list(session.scalars(select(Game.title).where(Game.title.is_not(None))))


if __name__ == "__main__":
    main()

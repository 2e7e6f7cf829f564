"""The words that describe games: names that store pages carry, words of titles, and franchises."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sqlalchemy import select
from sqlalchemy.engine import Connection

from recommender.data.columns import read_columns
from recommender.data.franchises import franchise
from store.catalogue.descriptions import DESCRIPTIONS, NameTables
from store.models import Name, NameKind

Features = sparse.csr_array[Any]

# The kinds of words whose names store pages carry.
_NAMED = {"tag": "tags", "genre": "genres", "developer": "developers", "spec": "specs"}

# Of each game that has a title: its app id, the title and the search key of that.
_TITLES = select(Name.ref_id, Name.label, Name.key).where(Name.kind == NameKind.GAME).order_by(Name.id)
_TITLE_STOP_WORDS = frozenset({"the", "of", "and", "a", "in", "to"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind: word number `words[k]`, from 0, describes the game of app id `games[k]`.

    Attributes:
        games: App ids, int64.
        words: Numbers of words, int64 of the same length.
        positions: The place of each word among those of its game, from 0; None where places say nothing.
    """

    games: NDArray[np.int64]
    words: NDArray[np.int64]
    positions: NDArray[np.int64] | None = None


def read_words(connection: Connection) -> dict[str, Words]:
    """Read the words of each kind of every game of the catalogue, the unlisted ones (by title) included."""
    titles = connection.execute(_TITLES).all()
    return {
        "title": _numbered((game, _title_words(key)) for game, _title, key in titles),
        **{kind: _named(connection, DESCRIPTIONS[names]) for kind, names in _NAMED.items()},
        "franchise": _numbered((game, franchise(title, key)) for game, title, key in titles),
    }


def tfidf(game_ids: NDArray[np.int32], words: Words, amounts: NDArray[np.float32] | None = None) -> Features:
    """Return games x words, weighed by TF-IDF (Salton & Buckley, 1988), whose rows have length 1 or 0.

    A word that describes only one game says nothing about another and is left out.

    Args:
        game_ids: Ascending app ids.
        words: What describes them.
        amounts: How much each of `words` counts; otherwise all count alike.
    """
    # Imported here: that takes most of a second, in which training counts common owners.
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415

    rows = np.searchsorted(game_ids, words.games)
    shape = (len(game_ids), int(words.words.max(initial=-1)) + 1)
    data = np.ones(len(rows), np.float32) if amounts is None else amounts
    counts = sparse.csr_array((data, (rows, words.words)), shape=shape)
    shared = np.bincount(counts.indices, minlength=shape[1]) > 1
    if not shared.any():
        return sparse.csr_array(np.empty((len(game_ids), 0), np.float32))
    return sparse.csr_array(TfidfTransformer().fit_transform(counts[:, np.flatnonzero(shared)]))


def _numbered(words_of_games: Iterable[tuple[int, Iterable[str]]]) -> Words:
    """Return words, numbered in the order in which they are met."""
    numbers: dict[str, int] = {}
    games: list[int] = []
    words: list[int] = []
    for game, of_game in words_of_games:
        for word in of_game:
            games.append(game)
            words.append(numbers.setdefault(word, len(numbers)))
    return Words(np.array(games, np.int64), np.array(words, np.int64))


def _title_words(key: str) -> list[str]:
    words = key.split()
    alone = [word for word in words if len(word) > 1 and word not in _TITLE_STOP_WORDS]
    return alone + [" ".join(pair) for pair in pairwise(words)]


def _named(connection: Connection, tables: NameTables) -> Words:
    """Read the names of one kind that games carry; they are numbered in the order of their spelling."""
    name, link = tables.name, tables.link
    ids = np.array(connection.scalars(select(name.id).order_by(name.name)).all(), np.int64)
    numbers = np.zeros(ids.max(initial=-1) + 1, np.int64)
    numbers[ids] = np.arange(len(ids))
    games, named, positions = read_columns(connection, link.game_id, tables.name_id, link.position)
    return Words(games, numbers[named], positions)

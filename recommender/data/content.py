"""What describes a game: TF-IDF over its tags, genres, developers and specs, and the words of its title.

The words of a title are what names a series, and all that is known of a game that left the store.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from recommender.data.columns import Column, read_columns
from store.models import (
    Developer,
    Game,
    GameDeveloper,
    GameGenre,
    GameSpec,
    GameTag,
    Genre,
    Spec,
    Tag,
)
from store.names.search_key import search_key

Features = sparse.csr_array[Any]
_Name = Tag | Genre | Developer | Spec

# How much each kind of word counts. Genres and specs repeat what the tags tell more precisely.
WORD_WEIGHTS = {"tag": 1.0, "genre": 0.3, "developer": 1.0, "spec": 0.3, "title": 2.0}
_TITLE_STOP_WORDS = frozenset({"the", "of", "and", "a", "in", "to"})


@dataclass(frozen=True, slots=True)
class Content:
    """What describes each game.

    Attributes:
        game_ids: App ids, int32 of shape (games,), ascending.
        features: float32, games x features, whose rows have length 1, or 0 where nothing is known of a game.
    """

    game_ids: NDArray[np.int32]
    features: Features

    def over(self, game_ids: NDArray[np.int32]) -> "Content":
        """Return the rows of the ascending `game_ids`; a game that is not described has an empty row."""
        indices = np.searchsorted(self.game_ids, game_ids)
        indices[indices == len(self.game_ids)] = 0
        known = self.game_ids[indices] == game_ids if len(self.game_ids) else np.zeros(len(game_ids), bool)
        rows = sparse.csr_array(self.features[indices[known]])
        starts = np.zeros(len(game_ids) + 1, np.int64)
        starts[1:][known] = np.diff(rows.indptr)
        features = sparse.csr_array(
            (rows.data, rows.indices, np.cumsum(starts)), shape=(len(game_ids), self.features.shape[1])
        )
        return Content(game_ids, features)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind: word number `words[k]`, from 0, describes the game of app id `games[k]`."""

    games: NDArray[np.int64]
    words: NDArray[np.int64]


def content_of(game_ids: NDArray[np.int32], words: Mapping[str, Words]) -> Content:
    """Weigh the words that describe each game by TF-IDF (Salton & Buckley, 1988), each kind for itself.

    A word that describes only one game says nothing about another and is left out.

    Args:
        game_ids: Ascending app ids.
        words: The words of each kind of `WORD_WEIGHTS`.
    """
    parts = [WORD_WEIGHTS[kind] ** 0.5 * _tfidf(game_ids, some) for kind, some in words.items()]
    features = sparse.csr_array(sparse.hstack(parts, format="csr", dtype=np.float32))
    lengths = np.sqrt(np.asarray(features.multiply(features).sum(axis=1)).ravel())
    features.data /= np.repeat(lengths, np.diff(features.indptr))
    return Content(game_ids, features)


def read_content(session: Session) -> Content:
    """Read what describes every game of the catalogue, the unlisted ones (by their titles) included."""
    connection = session.connection()
    titles = connection.execute(select(Game.id, Game.title).order_by(Game.id)).all()
    words = {kind: _named(connection, *columns) for kind, columns in _NAMED.items()}
    return content_of(
        np.array([game for game, _ in titles], np.int32), {"title": _words_of_titles(titles), **words}
    )


def _tfidf(game_ids: NDArray[np.int32], words: Words) -> Features:
    # Imported here: that takes most of a second, in which training counts common owners.
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415

    rows = np.searchsorted(game_ids, words.games)
    shape = (len(game_ids), int(words.words.max(initial=-1)) + 1)
    counts = sparse.csr_array((np.ones(len(rows), np.float32), (rows, words.words)), shape=shape)
    shared = np.bincount(counts.indices, minlength=shape[1]) > 1
    if not shared.any():
        return sparse.csr_array(np.empty((len(game_ids), 0), np.float32))
    return sparse.csr_array(TfidfTransformer().fit_transform(counts[:, np.flatnonzero(shared)]))


def _words_of_titles(titles: Iterable[tuple[int, str | None]]) -> Words:
    numbers: dict[str, int] = {}
    games: list[int] = []
    words: list[int] = []
    for game, title in titles:
        of_title = _title_words(title)
        games += [game] * len(of_title)
        words += [numbers.setdefault(word, len(numbers)) for word in of_title]
    return Words(np.array(games, np.int64), np.array(words, np.int64))


def _title_words(title: str | None) -> list[str]:
    words = search_key(title or "").split()
    alone = [word for word in words if len(word) > 1 and word not in _TITLE_STOP_WORDS]
    return alone + [" ".join(pair) for pair in pairwise(words)]


def _named(connection: Connection, name: type[_Name], game_id: Column, name_id: Column) -> Words:
    """Read the names of one kind that games carry; they are numbered in the order of their spelling."""
    ids = np.array(connection.scalars(select(name.id).order_by(name.name)).all(), np.int64)
    numbers = np.zeros(ids.max(initial=-1) + 1, np.int64)
    numbers[ids] = np.arange(len(ids))
    games, named = read_columns(connection, game_id, name_id)
    return Words(games, numbers[named])


_NAMED: Mapping[str, tuple[type[_Name], Column, Column]] = {
    "tag": (Tag, GameTag.game_id, GameTag.tag_id),
    "genre": (Genre, GameGenre.game_id, GameGenre.genre_id),
    "developer": (Developer, GameDeveloper.game_id, GameDeveloper.developer_id),
    "spec": (Spec, GameSpec.game_id, GameSpec.spec_id),
}

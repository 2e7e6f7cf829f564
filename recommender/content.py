"""What describes a game: TF-IDF over its tags, genres, developers and specs, and the words of its title.

The words of a title are what names a series, and all that is known of a game that left the store.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

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
from store.search_key import search_key

Features = sparse.csr_array[Any]

# How much each kind of word counts. Genres and specs repeat what the tags tell more precisely.
WORD_WEIGHTS = {"tag": 1.0, "genre": 0.3, "developer": 1.0, "spec": 0.3, "title": 2.0}
_TITLE_STOP_WORDS = frozenset({"the", "of", "and", "a", "in", "to"})
# A feature of more games than this share is kept in a dense table, where products are faster.
_COMMON_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Content:
    """Games by features: row `r` describes the game `game_ids[r]`; the ids are ascending.

    A row has length 1, or 0 where nothing is known of the game.
    """

    game_ids: NDArray[np.int32]
    features: Features

    def over(self, game_ids: NDArray[np.int32]) -> "Content":
        """Return the rows of the ascending `game_ids`; a game that is not described has an empty row."""
        place = np.searchsorted(self.game_ids, game_ids)
        place[place == len(self.game_ids)] = 0
        known = self.game_ids[place] == game_ids if len(self.game_ids) else np.zeros(len(game_ids), bool)
        rows = sparse.csr_array(self.features[place[known]])
        starts = np.zeros(len(game_ids) + 1, np.int64)
        starts[1:][known] = np.diff(rows.indptr)
        features = sparse.csr_array(
            (rows.data, rows.indices, np.cumsum(starts)), shape=(len(game_ids), self.features.shape[1])
        )
        return Content(game_ids, features)


class Likeness:
    """Cosines between the rows of some features, a block at a time."""

    def __init__(self, features: Features) -> None:
        games = np.bincount(features.indices, minlength=features.shape[1])
        common = games > _COMMON_SHARE * features.shape[0]
        self._common = np.asarray(features[:, np.flatnonzero(common)].toarray(), np.float32)
        self._rare = sparse.csr_array(features[:, np.flatnonzero(~common)])

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the cosine of each game of `rows` with each of `columns`."""
        alike = self._common[rows] @ self._common[columns].T
        rare = sparse.coo_array(self._rare[rows] @ self._rare[columns].T)
        alike[rare.row, rare.col] += rare.data
        return alike


def content_of(words: Mapping[str, Mapping[int, Sequence[str]]]) -> Content:
    """Weigh the words that describe each game by TF-IDF (Salton & Buckley, 1988), each kind for itself.

    `words` holds, for each kind of `WORD_WEIGHTS`, the words of each game by app id. A word that describes
    only one game says nothing about another and is left out.
    """
    game_ids = np.array(sorted(set(chain.from_iterable(words.values()))), np.int32)
    parts = [
        WORD_WEIGHTS[kind] ** 0.5 * _tfidf([by_game.get(game, ()) for game in game_ids.tolist()])
        for kind, by_game in words.items()
    ]
    features = sparse.csr_array(sparse.hstack(parts, format="csr", dtype=np.float32))
    lengths = np.sqrt(np.asarray(features.multiply(features).sum(axis=1)).ravel())
    features.data /= np.repeat(lengths, np.diff(features.indptr))
    return Content(game_ids, features)


def read_content(session: Session) -> Content:
    """Read what describes every game of the catalogue, the unlisted ones (by their titles) included."""
    titles = session.execute(select(Game.id, Game.title)).all()
    words: dict[str, dict[int, list[str]]] = {"title": {game: _title_words(title) for game, title in titles}}
    for kind, statement in _STATEMENTS.items():
        words[kind] = {}
        for game, word in session.execute(statement):
            words[kind].setdefault(game, []).append(word)
    return content_of(words)


def _tfidf(documents: Sequence[Sequence[str]]) -> Features:
    games_with = Counter(chain.from_iterable(map(set, documents)))
    shared = [[word for word in document if games_with[word] > 1] for document in documents]
    if not any(shared):
        return sparse.csr_array(np.empty((len(documents), 0), np.float32))
    return sparse.csr_array(TfidfVectorizer(analyzer=list, dtype=np.float32).fit_transform(shared))


def _title_words(title: str | None) -> list[str]:
    words = search_key(title or "").split()
    alone = [word for word in words if len(word) > 1 and word not in _TITLE_STOP_WORDS]
    return alone + [" ".join(pair) for pair in pairwise(words)]


_STATEMENTS: Mapping[str, Select[int, str]] = {
    "tag": select(GameTag.game_id, Tag.name).join(Tag, Tag.id == GameTag.tag_id),
    "genre": select(GameGenre.game_id, Genre.name).join(Genre, Genre.id == GameGenre.genre_id),
    "developer": select(GameDeveloper.game_id, Developer.name).join(
        Developer, Developer.id == GameDeveloper.developer_id
    ),
    "spec": select(GameSpec.game_id, Spec.name).join(Spec, Spec.id == GameSpec.spec_id),
}

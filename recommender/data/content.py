"""What describes a game: TF-IDF over its tags, genres, developers and specs, and the words of its title.

The words of a title are what names a series, and all that is known of a game that left the store.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.data.standing import Factors, read_acclaim
from recommender.data.told_by_reviews import read_review_texts, with_words_told
from recommender.data.traits import Traits, traits_of
from recommender.data.words import Features, Words, read_words, tfidf
from store.models import Game

# How much each kind of word counts. Genres and specs repeat what the tags tell more precisely.
WORD_WEIGHTS = {"tag": 1.0, "genre": 0.3, "developer": 1.0, "spec": 0.3, "title": 2.0}


@dataclass(frozen=True, slots=True)
class Content:
    """What describes each game.

    Attributes:
        game_ids: App ids, int32 of shape (games,), ascending.
        features: float32, games x features, whose rows have length 1, or 0 where nothing is known of a game.
        traits: What lists of similar games compare.
    """

    game_ids: NDArray[np.int32]
    features: Features
    traits: Traits

    def over(self, game_ids: NDArray[np.int32]) -> "Content":
        """Return the rows of the ascending `game_ids`; a game that is not described has an empty row."""
        indices = np.searchsorted(self.game_ids, game_ids)
        indices[indices == len(self.game_ids)] = 0
        known = self.game_ids[indices] == game_ids if len(self.game_ids) else np.zeros(len(game_ids), bool)
        features, words, names = (
            _rows(table, indices[known], known)
            for table in (self.features, self.traits.words, self.traits.names)
        )
        standing = self.traits.standing.over(indices[known], known)
        return Content(game_ids, features, Traits(words, names, standing))


def _rows(
    table: sparse.csr_array[Any], indices: NDArray[np.intp], known: NDArray[np.bool_]
) -> sparse.csr_array[Any]:
    """Return some rows of a table, in the places that `known` marks among empty ones."""
    rows = sparse.csr_array(table[indices])
    starts = np.zeros(len(known) + 1, np.int64)
    starts[1:][known] = np.diff(rows.indptr)
    return sparse.csr_array((rows.data, rows.indices, np.cumsum(starts)), shape=(len(known), table.shape[1]))


def content_of(
    game_ids: NDArray[np.int32], words: Mapping[str, Words], acclaim: Factors | None = None
) -> Content:
    """Weigh the words that describe each game, each kind for itself.

    Args:
        game_ids: Ascending app ids.
        words: The words of each kind of `WORD_WEIGHTS`, and the franchises.
        acclaim: What ratings say for each game, where they are known.
    """
    parts = [
        WORD_WEIGHTS[kind] ** 0.5 * tfidf(game_ids, some)
        for kind, some in words.items()
        if kind in WORD_WEIGHTS
    ]
    features = sparse.csr_array(sparse.hstack(parts, format="csr", dtype=np.float32))
    lengths = np.sqrt(np.asarray(features.multiply(features).sum(axis=1)).ravel())
    features.data /= np.repeat(lengths, np.diff(features.indptr))
    return Content(game_ids, features, traits_of(game_ids, words, acclaim))


def read_content(session: Session) -> Content:
    """Read what describes every game of the catalogue, the unlisted ones (by titles and reviews) included."""
    connection = session.connection()
    games = np.array(connection.scalars(select(Game.id).order_by(Game.id)).all(), np.int32)
    content = content_of(games, read_words(connection), read_acclaim(connection))
    words = content.traits.words
    reviews = read_review_texts(connection, games, np.diff(words.indptr) > 0)
    return replace(content, traits=replace(content.traits, words=with_words_told(words, reviews)))

"""What describes a game, as TF-IDF over its tags, genres, developers and specs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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


@dataclass(frozen=True, slots=True)
class Content:
    """Games by features: row `r` describes the game `game_ids[r]`; the ids are ascending.

    A row has length 1, or 0 where nothing is known of the game.
    """

    game_ids: NDArray[np.int32]
    features: sparse.csr_array[Any]

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


def content_of(words: Mapping[int, Sequence[str]]) -> Content:
    """Weigh the words that describe each game, by app id, by TF-IDF (Salton & Buckley, 1988).

    A word that describes only one game says nothing about another and is left out.
    """
    game_ids = np.array(sorted(words), np.int32)
    games_with = Counter(chain.from_iterable(set(document) for document in words.values()))
    documents = [[word for word in words[game] if games_with[word] > 1] for game in game_ids.tolist()]
    if not any(documents):
        return Content(game_ids, sparse.csr_array(np.empty((len(game_ids), 0), np.float32)))
    vectorizer = TfidfVectorizer(analyzer=list, dtype=np.float32)
    features: sparse.csr_array[Any] = sparse.csr_array(vectorizer.fit_transform(documents))
    return Content(game_ids, features)


def read_content(session: Session) -> Content:
    """Read what describes every game of the catalogue, the unlisted ones (by nothing) included."""
    words: dict[int, list[str]] = {game: [] for game in session.scalars(select(Game.id))}
    for kind, statement in _statements():
        for game, word in session.execute(statement):
            words[game].append(f"{kind}:{word}")
    return content_of(words)


def _statements() -> Iterator[tuple[str, Select[int, str]]]:
    yield "tag", select(GameTag.game_id, Tag.name).join(Tag, Tag.id == GameTag.tag_id)
    yield "genre", select(GameGenre.game_id, Genre.name).join(Genre, Genre.id == GameGenre.genre_id)
    yield (
        "developer",
        select(GameDeveloper.game_id, Developer.name).join(
            Developer, Developer.id == GameDeveloper.developer_id
        ),
    )
    yield "spec", select(GameSpec.game_id, Spec.name).join(Spec, Spec.id == GameSpec.spec_id)

"""Our model as the table measures it: as the full matrix, and as served from the neighbours table."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert

from recommender.data.content import Content
from recommender.data.libraries import Libraries
from recommender.data.neighbours import Model, replace_neighbours
from recommender.data.playtime_stats import PlayTimes
from recommender.evaluation.peers.base import Fitted, Matrix, Method
from recommender.model.hybrid import ModelSettings, learn
from store import Database
from store.models import Game, GameKind
from store.scoring.item_index import read_scorable
from store.scoring.libraries import Library
from store.scoring.scorer import Facts, Scores, Sums, Taste, scorer
from store.scoring.weights import read_likeness, read_weights


@dataclass(frozen=True, slots=True)
class FullMatrix(Fitted):
    """All weights of the model, none left out."""

    weights: Matrix
    alikeness: Matrix
    facts: Facts
    taste: Taste

    def scores(self, known: Libraries) -> Matrix:
        times = PlayTimes(self.facts.time_mean, self.facts.time_spread)
        owned, devoted = (
            np.asarray(known.matrix(says) @ self.weights, np.float32)
            for says in (known.importance, times.devotion(known))
        )
        liking = scorer(self.facts, self.taste).liking
        return np.array([_ranked(liking(sums)) for sums in map(Sums, owned, devoted)])

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        return self.alikeness[games]


class Served(Fitted):
    """The neighbours table in a store of its own, asked by the code that the bot runs."""

    def __init__(self, model: Model, taste: Taste) -> None:
        self._game_ids = model.game_ids
        self._taste = taste
        self._opened = ExitStack()
        folder = self._opened.enter_context(TemporaryDirectory())
        self._database = Database(Path(folder) / "evaluation.sqlite3")
        self._opened.callback(self._database.close)
        self._database.upgrade()
        with self._database.writer() as session:
            games = [{"id": game, "listed": True, "kind": GameKind.GAME} for game in model.game_ids.tolist()]
            session.execute(insert(Game), games)
            replace_neighbours(session, model)

    def __exit__(self, *failure: object) -> None:
        self._opened.close()

    def scores(self, known: Libraries) -> Matrix:
        table = np.empty(known.shape, np.float32)
        with self._database.reader(seconds=3600) as session:
            scorable = read_scorable(session)
            weights = read_weights(session, scorable)
            liking = scorer(scorable.facts, self._taste).liking
            for row, (start, stop) in enumerate(zip(known.starts[:-1], known.starts[1:], strict=True)):
                owned = self._game_ids[known.columns[start:stop]].astype(np.int64)
                library = Library(owned, known.minutes[start:stop].astype(np.float64))
                sums = weights.evidence(scorable.shelved(library)).sums()
                table[row] = _ranked(liking(sums))
        return table

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        table = np.full((len(games), len(self._game_ids)), -np.inf, np.float32)
        with self._database.reader(seconds=3600) as session:
            scorable = read_scorable(session)
            for row, game in enumerate(self._game_ids[games].tolist()):
                alike = read_likeness(session, scorable, game)
                if alike is not None:
                    table[row, alike.places] = alike.scores
        return table


def _ranked(liking: Scores) -> NDArray[np.float32]:
    """Return scores by which what is not liked at all is never suggested."""
    return np.where(liking > 0, liking, -np.inf).astype(np.float32)


def ours_in_full(name: str, settings: ModelSettings, taste: Taste) -> Method:
    """Return our model without leaving any weight out."""

    def fit(libraries: Libraries, content: Content) -> FullMatrix:
        games = len(libraries.game_ids)
        everything = replace(settings, per_game=2 * games, cold_per_game=games)
        weights = np.zeros((games, games), np.float32)
        alikeness = np.zeros((games, games), np.float32)
        model = learn(libraries, lambda: content, everything)
        for row in model.rows:
            place = np.searchsorted(model.game_ids, row.game_id)
            weights[place, row.places], alikeness[place, row.places] = row.weights, row.alikeness
        return FullMatrix(weights, alikeness, model.facts, taste)

    return Method(name, fit)


def ours_as_served(name: str, settings: ModelSettings, taste: Taste) -> Method:
    """Return our model as the bot answers from it."""

    def fit(libraries: Libraries, content: Content) -> Served:
        return Served(learn(libraries, lambda: content, settings), taste)

    return Method(name, fit)

"""Our model as the table measures it: as the full matrix, and as served from the neighbours table."""

from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert

from recommender.content import Content
from recommender.libraries import Libraries
from recommender.model import ModelSettings, neighbour_rows
from recommender.neighbours import NeighbourRow, replace_neighbours
from recommender.peers.base import Fitted, Matrix, Method
from store import Database
from store.models import Game, GameKind
from store.queries.weights import (
    Facts,
    Taste,
    importance,
    read_evidence,
    read_likeness,
    scored,
)

# Deeper than any list that is asked for; the evaluation also asks where a game ranks that nobody owns.
_DEPTH = 4000


@dataclass(frozen=True, slots=True)
class FullMatrix(Fitted):
    """All weights of the model, none left out."""

    weights: Matrix
    alikeness: Matrix
    facts: Facts
    taste: Taste

    def scores(self, known: Libraries) -> Matrix:
        says = importance(known.minutes.astype(np.float64)).astype(np.float32)
        sums = np.asarray(known.matrix(says) @ self.weights, np.float64)
        return np.where(sums > 0, self.facts.liking(sums, self.taste), -np.inf).astype(np.float32)

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        return self.alikeness[games]


class Served(Fitted):
    """The neighbours table in a store of its own, asked by the code that the bot runs."""

    def __init__(self, rows: list[NeighbourRow], game_ids: NDArray[np.int32], taste: Taste) -> None:
        self._game_ids = game_ids
        self._taste = taste
        self._opened = ExitStack()
        folder = self._opened.enter_context(TemporaryDirectory())
        self._database = Database(Path(folder) / "evaluation.sqlite3")
        self._opened.callback(self._database.close)
        self._database.upgrade()
        with self._database.writer() as session:
            games = [{"id": game, "listed": True, "kind": GameKind.GAME} for game in game_ids.tolist()]
            session.execute(insert(Game), games)
            replace_neighbours(session, rows)

    def __exit__(self, *failure: object) -> None:
        self._opened.close()

    def scores(self, known: Libraries) -> Matrix:
        table = np.full(known.shape, -np.inf, np.float32)
        with self._database.reader(seconds=3600) as session:
            for row, (start, stop) in enumerate(zip(known.starts[:-1], known.starts[1:], strict=True)):
                games = self._game_ids[known.columns[start:stop]].tolist()
                library = dict(zip(games, known.minutes[start:stop].tolist(), strict=True))
                evidence = read_evidence(session, library)
                found, values = scored(session, evidence, self._taste, exclude=library, depth=_DEPTH)
                table[row, np.searchsorted(self._game_ids, found)] = values
        return table

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        table = np.full((len(games), len(self._game_ids)), -np.inf, np.float32)
        with self._database.reader(seconds=3600) as session:
            for row, game in enumerate(self._game_ids[games].tolist()):
                alike = read_likeness(session, game)
                if alike is not None:
                    table[row, np.searchsorted(self._game_ids, alike.targets)] = alike.scores
        return table


def ours_in_full(name: str, settings: ModelSettings, taste: Taste) -> Method:
    """Return our model without leaving any weight out."""

    def fit(libraries: Libraries, content: Content) -> FullMatrix:
        games = len(libraries.game_ids)
        everything = replace(settings, per_game=2 * games, cold_per_game=games)
        weights = np.zeros((games, games), np.float32)
        alikeness = np.zeros((games, games), np.float32)
        facts = Facts(*np.zeros((len(fields(Facts)), games)))
        for row in neighbour_rows(libraries, content, everything):
            place = np.searchsorted(libraries.game_ids, row.game_id)
            columns = np.searchsorted(libraries.game_ids, row.neighbour_ids)
            weights[place, columns], alikeness[place, columns] = row.weights, row.alikeness
            for fact in fields(Facts):
                getattr(facts, fact.name)[place] = getattr(row, fact.name)
        return FullMatrix(weights, alikeness, facts, taste)

    return Method(name, fit)


def ours_as_served(name: str, settings: ModelSettings, taste: Taste) -> Method:
    """Return our model as the bot answers from it."""

    def fit(libraries: Libraries, content: Content) -> Served:
        return Served(list(neighbour_rows(libraries, content, settings)), libraries.game_ids, taste)

    return Method(name, fit)

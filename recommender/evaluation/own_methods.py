"""Our model as the table measures it: as the full matrix, and as served from the neighbours table."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert

from recommender.data.content import Content
from recommender.data.libraries import Libraries
from recommender.data.neighbours import Model, replace_neighbours
from recommender.data.playtime_stats import PlaytimeStats
from recommender.evaluation.peers.base import Fitted, Matrix, Method
from recommender.model.hybrid import HybridEase, ModelSettings
from store.database import Database
from store.models import Game, GameKind
from store.scoring.item_index import load_item_index
from store.scoring.libraries import Library
from store.scoring.members import who_likes
from store.scoring.preferences import load_scores
from store.scoring.scorer import ItemParams, RawScores, Scorer, Scores, ScoringWeights, scorer
from store.scoring.similar import load_similar
from store.scoring.weights import load_weights


@dataclass(frozen=True, slots=True)
class FullMatrix(Fitted):
    """All weights of the model, games x games, none left out."""

    weights: Matrix
    similarity: Matrix
    params: ItemParams
    scorer: Scorer

    def scores(self, known: Libraries) -> Matrix:
        """Score by the sums of all weights, calibrated."""
        playtime = PlaytimeStats(self.params.log_playtime_mean, self.params.log_playtime_std)
        by_ownership, by_playtime = (
            np.asarray(known.matrix(factors) @ self.weights, np.float32)
            for factors in (known.confidence, playtime.percentiles(known))
        )
        raw = map(RawScores, by_ownership, by_playtime)
        return np.array([_ranked(self.scorer.score(of_player).dense(len(self.weights))) for of_player in raw])

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        """Return rows of the similarity matrix."""
        return self.similarity[games]


class Served(Fitted):
    """The neighbours table in a store of its own, asked by the code that the bot runs."""

    def __init__(self, model: Model, weights: ScoringWeights) -> None:
        self._game_ids = model.game_ids
        self._scorer = scorer(model.params, weights)
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

    def scores_of_named(self, named: Libraries) -> Matrix:
        """Score each player as somebody who says to like the games of `named`."""
        table = np.empty(named.shape, np.float32)
        with self._database.reader(seconds=3600) as session:
            games = load_item_index(session)
            for row, (start, stop) in enumerate(pairwise(named.starts)):
                liked = self._game_ids[named.columns[start:stop]].tolist()
                [found] = load_scores(session, games, [who_likes(games, liked)])
                table[row] = _ranked(found.scores.dense(len(games)))
        return table

    def scores(self, known: Libraries) -> Matrix:
        """Score each player as the bot does."""
        table = np.empty(known.shape, np.float32)
        with self._database.reader(seconds=3600) as session:
            games = load_item_index(session)
            weights = load_weights(session, games)
            for row, (start, stop) in enumerate(pairwise(known.starts)):
                owned = self._game_ids[known.columns[start:stop]].astype(np.int64)
                library = Library(owned, known.minutes[start:stop].astype(np.float64))
                raw = weights.contributions(games.index_library(library)).raw_scores()
                table[row] = _ranked(self._scorer.score(raw).dense(len(games)))
        return table

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        """Read each game's similar games as the bot does."""
        table = np.full((len(games), len(self._game_ids)), -np.inf, np.float32)
        with self._database.reader(seconds=3600) as session:
            index = load_item_index(session)
            for row, game in enumerate(self._game_ids[games].tolist()):
                similar = load_similar(session, index, game)
                if similar is not None:
                    table[row, similar.indices] = similar.similarity
        return table


def _ranked(scores: Scores) -> NDArray[np.float32]:
    """Return scores in which games without a positive score are never suggested."""
    return np.where(scores > 0, scores, -np.inf).astype(np.float32)


def ours_in_full(name: str, settings: ModelSettings, scoring: ScoringWeights) -> Method:
    """Return our model without leaving any weight out."""

    def fit(libraries: Libraries, content: Content) -> FullMatrix:
        games = len(libraries.game_ids)
        everything = replace(
            settings, per_game=games, least_per_game=games, cold_per_game=games, similar_per_game=games
        )
        weights = np.zeros((games, games), np.float32)
        similarity = np.zeros((games, games), np.float32)
        model = HybridEase(everything).fit(libraries, lambda: content)
        for row in model.rows:
            weights[np.searchsorted(model.game_ids, row.game_id), row.indices] = row.weights
        for similar in model.similar:
            index = np.searchsorted(model.game_ids, similar.game_id)
            similarity[index, similar.indices] = similar.similarity
        return FullMatrix(weights, similarity, model.params, scorer(model.params, scoring))

    return Method(name, fit)


def ours_as_served(name: str, settings: ModelSettings, scoring: ScoringWeights) -> Method:
    """Return our model as the bot answers from it."""
    return Method(name, partial(fit_served, settings=settings, scoring=scoring))


def fit_served(
    libraries: Libraries,
    content: Content,
    settings: ModelSettings | None = None,
    scoring: ScoringWeights | None = None,
) -> Served:
    """Fit our model as the bot answers from it, with the settings of the bot where none are given."""
    model = HybridEase(settings or ModelSettings()).fit(libraries, lambda: content)
    return Served(model, scoring or ScoringWeights())

"""The whole model: EASE where enough people own a game, content similarity where they do not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.content import Content
from recommender.data.libraries import Libraries
from recommender.data.neighbours import Model
from recommender.data.playtime_stats import PlaytimeStats, playtime_stats
from recommender.data.reviews import Reviews, no_reviews
from recommender.data.words import Features
from recommender.linalg.threads import MapBlocks, in_threads
from recommender.model.audience import audience_of, known_games
from recommender.model.calibration import Calibration, calibrate
from recommender.model.ease import EaseSettings, fit_ease
from recommender.model.largest_weights import largest_weights
from recommender.model.leave_one_out import observe_left_out
from recommender.model.neighbour_table import NeighbourTable
from recommender.model.neighbourhood import NEIGHBOURS, fit_neighbourhood
from recommender.model.observations import (
    Observations,
    concatenated,
    held_out_parts,
    is_negligible,
    observe_held_out,
    some_players,
)
from recommender.model.similarity import SimilarityTable
from recommender.model.solvers import ItemWeights, Solver, solver_for
from store.scoring.scorer import ItemParams

# Another owner is asked of a game for every so many players.
_PLAYERS_AN_OWNER = 8_500

_Observed = tuple[ItemWeights, sparse.csr_array[Any], Observations]


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How to learn.

    Attributes:
        ease: The knobs of EASE; None is by how many owned games there are (`EaseSettings.for_owned_games`).
        min_owners: How many players must own a game for its weights to be learnt from libraries, where there
            are few players and where there are many (`least_owners`).
        per_game: How many weights each of these games keeps on average (`largest_weights`).
        least_per_game: How many each of them keeps at least, and each of fewer owners at most.
        cold_per_game: How many weights each of the former has to games of fewer owners besides.
        nearest: Of so many known games that are most similar to one of fewer owners, those of more stand for
            it.
        similar_per_game: How many similar games each game keeps.
        solver: How the weights are solved for; None is by the number of games (`solver_for`).
        neighbourhood: How many games each is learnt from where that is by neighbourhoods.
    """

    ease: EaseSettings | None = None
    min_owners: tuple[int, int] = (2, 10)
    per_game: int = 180
    least_per_game: int = 50
    cold_per_game: int = 10
    nearest: int = 125
    similar_per_game: int = 60
    solver: Solver | None = None
    neighbourhood: int = NEIGHBOURS

    def least_owners(self, players: int) -> int:
        """Return how many of the players must own a game for its weights to be learnt from libraries.

        Of many players, a handful says less about a game than its content does, and the time of the exact
        solver grows with the cube of the number of games.
        """
        few, many = self.min_owners
        return min(max(few, ceil(players / _PLAYERS_AN_OWNER)), many)

    def ease_of(self, libraries: Libraries) -> EaseSettings:
        """Return the knobs that these libraries are learnt by."""
        return self.ease or EaseSettings.for_owned_games(len(libraries.columns))

    def owned_enough(self, libraries: Libraries) -> NDArray[np.bool_]:
        """Return which games are learnt from libraries, of shape (games,)."""
        return libraries.owners >= self.least_owners(len(libraries.player_ids))

    def solver_of(self, libraries: Libraries) -> Solver:
        """Return the solver that these libraries are learnt from by."""
        return self.solver or solver_for(int(np.count_nonzero(self.owned_enough(libraries))))


@dataclass(frozen=True, slots=True)
class HybridEase:
    """EASE with content rows where enough people own a game, content similarity where they do not.

    Attributes:
        settings: How to learn.
        map_blocks: What works on blocks of games in fitting EASE.
    """

    settings: ModelSettings = field(default_factory=ModelSettings)
    map_blocks: MapBlocks = in_threads

    def fit(
        self,
        libraries: Libraries,
        content: Callable[[], Content],
        reviews: Callable[[], Reviews] = no_reviews,
    ) -> Model:
        """Learn from who owns what and from what describes each game.

        Args:
            libraries: Who owns what.
            content: Returns what describes the games. It is called once common owners are counted, so that
                it may be read meanwhile.
            reviews: Returns who reviewed what. No weight depends on it: only how similar two games are.

        Raises:
            ValueError: The settings leave the Gram matrix singular.
        """
        settings = self.settings
        owned_enough = settings.owned_enough(libraries)
        playtime = playtime_stats(libraries)
        among_warm = libraries.where(owned_enough[libraries.columns]).without_unowned()
        ease, weights, calibration = _fit_calibrated(
            among_warm,
            playtime.of(np.flatnonzero(owned_enough)),
            lambda: content().over(among_warm.game_ids).features,
            settings,
            self.map_blocks,
        )
        described = content()
        games = np.union1d(libraries.game_ids, described.game_ids).astype(np.int32)
        playtime = playtime.over(np.searchsorted(games, libraries.game_ids), len(games))
        libraries = libraries.over(games)
        owners = libraries.owners
        is_warm = settings.owned_enough(libraries)
        warm = np.flatnonzero(is_warm)
        described = described.over(games)
        audience = audience_of(libraries, is_warm, reviews())
        known = known_games(libraries, is_warm, audience, described.traits.standing)
        popularity = owners / max(len(libraries.player_ids), 1)
        table = NeighbourTable(
            weights=weights,
            features=described.features,
            games=games,
            warm=warm,
            cold=np.flatnonzero(~is_warm),
            known=known,
            cold_per_game=settings.cold_per_game,
            per_cold=min(settings.least_per_game, settings.per_game),
            nearest=settings.nearest,
        )
        similar = SimilarityTable(
            ease=ease,
            traits=described.traits,
            audience=audience,
            games=games,
            owners=owners,
            warm=warm,
            known=known,
            per_game=settings.similar_per_game,
        )
        params = _item_params(popularity, playtime, calibration.over(warm, len(games)))
        return Model(games, params, table, similar)


def _item_params(
    popularity: NDArray[np.float64], playtime: PlaytimeStats, calibration: Calibration
) -> ItemParams:
    own, play = calibration.own, calibration.play
    params = {
        "popularity": popularity,
        "log_playtime_mean": playtime.mean[:-1],
        "log_playtime_std": playtime.std[:-1],
        "own_intercept": own.intercept,
        "own_slope": own.slope,
        "own_percentile_slope": own.percentile_slope,
        "play_intercept": play.intercept,
        "play_slope": play.slope,
        "play_percentile_slope": play.percentile_slope,
    }
    return ItemParams(**{name: np.asarray(param, np.float32) for name, param in params.items()})


def _fit_calibrated(
    libraries: Libraries,
    playtime: PlaytimeStats,
    features: Callable[[], Features],
    settings: ModelSettings,
    map_blocks: MapBlocks,
) -> tuple[ItemWeights, sparse.csr_array[Any], Calibration]:
    """Fit EASE, and calibrate it on players whom it was fitted without.

    Returns:
        The fit, the weights kept, and the calibration.
    """
    fit_observed = _fit_exact if settings.solver_of(libraries) is Solver.EXACT else _fit_neighbourhoods
    ease, weights, seen = fit_observed(libraries, playtime, features, settings, map_blocks)
    return ease, weights, calibrate(seen, libraries.shape[1])


def _fit_exact(
    libraries: Libraries,
    playtime: PlaytimeStats,
    features: Callable[[], Features],
    settings: ModelSettings,
    map_blocks: MapBlocks,
) -> _Observed:
    """Fit the whole matrix, and leave each player who is observed out of its inverse."""
    ease = fit_ease(libraries.matrix(), features, settings.ease_of(libraries), map_blocks=map_blocks)
    weights = _kept(ease, libraries, settings)
    return ease, weights, observe_left_out(some_players(libraries), playtime, ease, weights)


def _kept(ease: ItemWeights, libraries: Libraries, settings: ModelSettings) -> sparse.csr_array[Any]:
    """Return the weights that the neighbours table keeps, games x games."""
    return largest_weights(
        ease,
        popularity=libraries.owners / max(len(libraries.player_ids), 1),
        per_game=settings.per_game,
        least=settings.least_per_game,
    )


def _fit_neighbourhoods(
    libraries: Libraries,
    playtime: PlaytimeStats,
    features: Callable[[], Features],
    settings: ModelSettings,
    map_blocks: MapBlocks,
) -> _Observed:
    """Fit neighbourhoods; they have no inverse, and so are learnt again without those who are observed."""
    parts = held_out_parts(libraries)
    matrix, knobs = libraries.matrix(), settings.ease_of(libraries)
    fit = partial(fit_neighbourhood, neighbours=settings.neighbourhood, map_blocks=map_blocks)
    observations = []
    ease = weights = None
    for part in parts:
        held_out = libraries.of(np.flatnonzero(part))
        ease = fit(matrix, features, knobs, held_out=held_out.matrix())
        weights = _kept(ease, libraries, settings)
        observations.append(observe_held_out(held_out, playtime, weights))
    if ease is None or weights is None or len(parts) > 1 or not is_negligible(parts[0]):
        del ease  # freed before the next is fitted
        ease = fit(matrix, features, knobs)
        weights = _kept(ease, libraries, settings)
    return ease, weights, concatenated(observations)

"""The whole model: EASE where enough people own a game, resemblance where they do not."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.content import Content, Features
from recommender.data.libraries import PLAYED_MINUTES, Libraries
from recommender.data.neighbours import Model
from recommender.data.playtime_stats import PlayTimes, play_times
from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import strongest_of_each
from recommender.model.calibration import (
    Calibration,
    calibrate,
    concatenated,
    held_out_parts,
    is_negligible,
    observed,
)
from recommender.model.ease import Ease, EaseSettings, fit_ease
from recommender.model.neighbour_table import Rows, only
from store.scoring.scorer import Facts

# The share of owners who play is drawn to the mean as if this many average owners were added.
_AVERAGE_OWNERS = 20.0


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How to learn.

    `min_owners` is how many players must own a game for its weights to come from libraries. Each game keeps
    `per_game` weights, of which up to `cold_per_game` may be for games of fewer owners, for each of which
    `stand_ins` games of more owners stand in.
    """

    ease: EaseSettings = field(default_factory=EaseSettings)
    min_owners: int = 2
    per_game: int = 100
    cold_per_game: int = 10
    stand_ins: int = 100


def learn(libraries: Libraries, describe: Callable[[], Content], settings: ModelSettings) -> Model:
    """Learn from who owns what and from what describes each game.

    What `describe` returns is asked for once common owners are counted; it may be read meanwhile.
    """
    owned_enough = libraries.owners >= settings.min_owners
    times = play_times(libraries)
    among_warm = libraries.where(owned_enough[libraries.columns]).without_unowned()
    ease, calibration = _learnt(
        among_warm,
        times.of(np.flatnonzero(owned_enough)),
        lambda: describe().over(among_warm.game_ids).features,
        settings,
    )
    content = describe()
    games = np.union1d(libraries.game_ids, content.game_ids).astype(np.int32)
    times = times.over(np.searchsorted(games, libraries.game_ids), len(games))
    libraries, content = libraries.over(games), content.over(games)
    owners = libraries.owners
    warm = np.flatnonzero(owners >= settings.min_owners)
    cold = np.flatnonzero(owners < settings.min_owners)
    popularity = owners / max(len(libraries.player_ids), 1)
    facts = _facts(popularity, times, calibration.spread(warm, len(games)))
    rows = Rows(
        games,
        warm,
        cold,
        popularity,
        played_shares(libraries),
        settings.per_game,
        settings.cold_per_game,
        settings.stand_ins,
    )
    return Model(games, facts, rows.of(ease, content))


def _facts(popularity: NDArray[np.float64], times: PlayTimes, calibration: Calibration) -> Facts:
    own, play = calibration.own, calibration.play
    facts = {
        "popularity": popularity,
        "time_mean": times.mean[:-1],
        "time_spread": times.spread[:-1],
        "own_intercept": own.intercept,
        "own_slope": own.slope,
        "own_devotion_slope": own.devotion_slope,
        "play_intercept": play.intercept,
        "play_slope": play.slope,
        "play_devotion_slope": play.devotion_slope,
    }
    return Facts(**{name: np.asarray(fact, np.float32) for name, fact in facts.items()})


def _learnt(
    libraries: Libraries, times: PlayTimes, features: Callable[[], Features], settings: ModelSettings
) -> tuple[Ease, Calibration]:
    """Learn weights, and calibrate them on players whom they were learnt without."""
    parts = held_out_parts(libraries)
    matrix = libraries.matrix()
    seen = []
    ease = None
    for part in parts:
        held_out = libraries.of(np.flatnonzero(part))
        ease = fit_ease(matrix, features, settings.ease, held_out=held_out.matrix())
        seen.append(observed(held_out, times, _strongest_weights(ease, settings.per_game)))
    if ease is None or len(parts) > 1 or not is_negligible(parts[0]):
        del ease  # not in memory beside the next
        ease = fit_ease(matrix, features, settings.ease)
    return ease, calibrate(concatenated(seen), libraries.shape[1])


def _strongest_weights(ease: Ease, per_game: int) -> "sparse.csr_array[np.float32]":
    def of_block(rows: slice) -> "sparse.csr_array[np.float32]":
        weights = ease.weights(rows)
        return only(weights, strongest_of_each(weights, per_game))

    blocks = list(in_threads(of_block, blocks_of(ease.games)))
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def played_shares(libraries: Libraries) -> NDArray[np.float64]:
    """Return, for each game, the share of its owners who played it over an hour.

    Where few own a game its share is drawn to that of all owned games together.
    """
    owners = libraries.owners
    played = np.bincount(
        libraries.columns[libraries.minutes > PLAYED_MINUTES], minlength=len(libraries.game_ids)
    )
    mean = played.sum() / max(owners.sum(), 1)
    return np.asarray((played + _AVERAGE_OWNERS * mean) / (owners + _AVERAGE_OWNERS), np.float64)

"""What players are recommended by weights that were learnt without them, while games of theirs are hidden.

Calibration is fitted to it. Each fifth of a player's games is hidden in turn, and the rest gives the raw
scores. Weights that a player's own library went into know what is hidden. So each player is left out of the
inverse that they are read from (`recommender.model.leave_one_out`), or, where there is none, they are learnt
again without some players (`held_out_parts`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.libraries import PLAYED_MINUTES, Libraries
from recommender.data.playtime_stats import PlaytimeStats
from recommender.linalg.threads import in_threads

Numbers = NDArray[np.float64]
SparseMatrix = sparse.csr_array[Any]
# From some rows of the libraries, and these libraries, to entries x games: the weights of each entry's game.
WeightsOf = Callable[[slice, Libraries], SparseMatrix]

_SEED = 1
# The number of turns, each of which hides another part of a library.
_TURNS = 5
# Players with this many games in all suffice where each is left out: more give better lines, and take longer.
_ENOUGH_LEFT_OUT = 200_000
# Where players are held out, and the weights learnt without them, this many do.
_ENOUGH_HELD_OUT = 100_000
# These are held out, if they are a negligible share of all players; otherwise everybody is held out once, in
# this many parts.
_NEGLIGIBLE = 0.05
_PARTS = 5
# How many games of a player's list count in each turn: lower ranks are never shown.
_DEPTH = 60
_PLAYERS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Observations:
    """What players were recommended by weights learnt without them, one entry a game on the list of a turn.

    Attributes:
        columns: The game's column.
        by_ownership: Its raw score by ownership.
        by_playtime: Its raw score by playtime.
        owned: Whether it was hidden there.
        played: Whether it was hidden there, and played.
    """

    columns: NDArray[np.intp]
    by_ownership: Numbers
    by_playtime: Numbers
    owned: NDArray[np.bool_]
    played: NDArray[np.bool_]


def some_players(libraries: Libraries) -> Libraries:
    """Return the libraries of as many players as suffice where each is left out."""
    shuffled = np.random.default_rng(_SEED).permutation(libraries.shape[0])
    return libraries.of(np.sort(shuffled[: _players_with(libraries, _ENOUGH_LEFT_OUT)]))


def held_out_parts(libraries: Libraries) -> list[NDArray[np.bool_]]:
    """Return which players to hold out, one mask of shape (players,) for each time of learning.

    It is one negligible part, if that holds enough games, or else parts that hold everybody.
    """
    players = libraries.shape[0]
    if not len(libraries.columns):
        return []
    enough = _players_with(libraries, _ENOUGH_HELD_OUT)
    is_one = enough <= _NEGLIGIBLE * players
    size = enough if is_one else ceil(players / _PARTS)
    turn = np.random.default_rng(_SEED).permutation(players) // size
    return [turn == part for part in range(1 if is_one else ceil(players / size))]


def is_negligible(part: NDArray[np.bool_]) -> bool:
    """Return whether so few players are held out that the weights need not be learnt again with them."""
    return bool(part.mean() <= _NEGLIGIBLE)


def observe(libraries: Libraries, playtime: PlaytimeStats, weights_of: WeightsOf) -> Observations:
    """Hide each fifth of the libraries in turn, and score all games by the rest.

    Args:
        libraries: Those of the players to observe.
        playtime: How long each game is played.
        weights_of: Returns weights that these players' libraries did not go into.
    """
    turns = _turns(libraries)

    def of_block(start: int) -> Observations:
        rows = slice(start, min(start + _PLAYERS_AT_ONCE, len(libraries.player_ids)))
        some = libraries.of(np.arange(rows.start, rows.stop))
        entries = slice(libraries.starts[rows.start], libraries.starts[rows.stop])
        return _on_lists(some, turns[entries], playtime, weights_of(rows, some))

    return concatenated(list(in_threads(of_block, range(0, len(libraries.player_ids), _PLAYERS_AT_ONCE))))


def observe_held_out(libraries: Libraries, playtime: PlaytimeStats, weights: SparseMatrix) -> Observations:
    """Observe players whom the weights, games x games, were learnt without."""
    return observe(libraries, playtime, lambda _rows, some: sparse.csr_array(weights[some.columns]))


def concatenated(some: list[Observations]) -> Observations:
    """Return several observations as one."""
    return Observations(
        columns=np.concatenate([part.columns for part in some] or [np.empty(0, np.intp)]),
        by_ownership=np.concatenate([part.by_ownership for part in some] or [np.empty(0)]),
        by_playtime=np.concatenate([part.by_playtime for part in some] or [np.empty(0)]),
        owned=np.concatenate([part.owned for part in some] or [np.empty(0, bool)]),
        played=np.concatenate([part.played for part in some] or [np.empty(0, bool)]),
    )


def _turns(libraries: Libraries) -> NDArray[np.intp]:
    """Return in which turn each entry is hidden; each player's games are dealt evenly."""
    random = np.random.default_rng(_SEED)
    shuffled = np.lexsort((random.random(len(libraries.columns)), _rows(libraries)))
    position = np.empty(len(shuffled), np.intp)
    position[shuffled] = np.arange(len(shuffled)) - np.repeat(libraries.starts[:-1], libraries.sizes)
    # The first of a small library is not always hidden first.
    first = np.repeat(random.integers(_TURNS, size=len(libraries.sizes)), libraries.sizes)
    return np.asarray((position + first) % _TURNS, np.intp)


def _rows(libraries: Libraries) -> NDArray[np.intp]:
    return np.repeat(np.arange(len(libraries.sizes)), libraries.sizes)


def _on_lists(
    libraries: Libraries, turns: NDArray[np.intp], playtime: PlaytimeStats, weights: SparseMatrix
) -> Observations:
    """Return what is on the lists of some players.

    Args:
        libraries: Their libraries.
        turns: In which turn each entry is hidden.
        playtime: How long each game is played.
        weights: entries x games.
    """
    # Both raw scores are added up at once, as the two parts of complex numbers.
    factors = libraries.confidence + np.complex64(1j) * playtime.percentiles(libraries)
    complex_weights = weights.data.astype(np.complex64)
    weights = sparse.csr_array((complex_weights, weights.indices, weights.indptr), shape=weights.shape)
    wanted = (libraries.minutes > PLAYED_MINUTES) + np.float32(1)
    found = []
    for turn in range(_TURNS):
        is_hidden = turns == turn
        known = np.flatnonzero(~is_hidden)
        both = _summed(libraries, known, factors, weights)
        sums = np.ascontiguousarray(both.real)
        sums[libraries.where(~is_hidden).matrix().nonzero()] = -np.inf
        depth = min(_DEPTH, sums.shape[1])
        best = np.argpartition(-sums, depth - 1, axis=1)[:, :depth]
        sums = np.take_along_axis(sums, best, axis=1)
        by_playtime = np.take_along_axis(both, best, axis=1).imag
        hidden = libraries.where(is_hidden).matrix(wanted[is_hidden]).toarray()
        there = np.take_along_axis(hidden, best, axis=1)
        is_positive = sums > 0
        found.append(
            Observations(
                best[is_positive],
                sums[is_positive].astype(np.float64),
                by_playtime[is_positive].astype(np.float64),
                there[is_positive] > 0,
                there[is_positive] > 1,
            )
        )
    return concatenated(found)


def _summed(
    libraries: Libraries, entries: NDArray[np.intp], factors: NDArray[np.complex64], weights: SparseMatrix
) -> NDArray[np.complex64]:
    """Return each player's sum of the weights of some entries, times their factors; players x games."""
    starts = np.searchsorted(entries, libraries.starts)
    chosen = sparse.csr_array(
        (factors[entries], entries, starts), shape=(libraries.shape[0], weights.shape[0])
    )
    return np.asarray((chosen @ weights).toarray(), np.complex64)


def _players_with(libraries: Libraries, games: int) -> int:
    """Return how many players have this many games in all, on average."""
    return ceil(libraries.shape[0] * games / max(len(libraries.columns), 1))

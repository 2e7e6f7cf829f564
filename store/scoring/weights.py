"""The weights of the neighbours table: what the games of a library contribute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store.dialect import shared_cached
from store.models import Neighbours
from store.scoring.item_index import IndexedLibrary, ItemIndex, load_item_index
from store.scoring.packed import NEIGHBOURS, decode_arrays, in_range, require_consistent
from store.scoring.scorer import Indices, RawScores, Scores

Numbers = NDArray[np.float64]

# What is not liked counts against what goes with it, by less than what is liked counts for it: most of what
# goes with a game is of its kind, and the kind need not be what was not liked. A guess.
_DISLIKED = -0.5
# The percentile of a playing time that is not known.
_UNKNOWN_PERCENTILE = 0.5
_NO_GAMES: Indices = np.zeros(0, np.intp)
# A game that was hardly played says less about a person than one that was.
_HARDLY_PLAYED_MINUTES = 60
_HARDLY_PLAYED = 0.85
# Steeper by this factor, the logistic function is nearly the distribution function of the normal distribution
# (D. R. Cox, "The Analysis of Binary Data", 1970).
_NEARLY_NORMAL = 1.7

# How many rows of weights are added up at a time: few enough to fit into the processor's cache, and for the C
# library to reuse their memory.
_ROWS_SUMMED = 64

_WEIGHTS = select(Neighbours.game_id, Neighbours.neighbour_indices, Neighbours.weights).order_by(
    Neighbours.game_id
)
_BYTES = select(func.sum(func.length(Neighbours.weights)))
# How many rows are read at a time; these are in memory twice, as fetched and as cached. Freeing blocks this
# large raises the C library's threshold for mapping memory ("M_MMAP_THRESHOLD" of mallopt(3)), so that later
# lists reuse the memory of their arrays.
_ROWS_AT_ONCE = 2000
_INDICES_OF_16_BITS = 2**16
_BYTES_PER_WEIGHT = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of the neighbours table in compressed sparse rows, one for each of `games`.

    The game of index i has the neighbours `indices[starts[i]:starts[i + 1]]`; the same slice of `weights` is
    what owning it adds to their raw scores, the largest magnitude first.

    Attributes:
        games: The item index that all indices are of.
        starts: Where each row begins, and the end, int64 of shape (games + 1,).
        indices: The neighbours, uint16 or uint32 of shape (weights,), each once in a row.
        weights: Their signed weights, float32 of the same shape.
    """

    games: ItemIndex
    starts: NDArray[np.int64]
    indices: NDArray[np.unsignedinteger]
    weights: NDArray[np.float32]

    def lengths(self, rows: Indices) -> NDArray[np.int64]:
        """Return how many weights some games have."""
        return self.starts[rows + 1] - self.starts[rows]

    def contributions(self, library: IndexedLibrary, disliked: Indices = _NO_GAMES) -> "Contributions":
        """Return what the games of a library contribute, and, against others, those that are not liked.

        Games without weights are left out.
        """
        has_weights = self.lengths(library.indices) > 0
        contributors, minutes = library.indices[has_weights], library.minutes[has_weights]
        means = self.games.params.log_playtime_mean[contributors]
        stds = self.games.params.log_playtime_std[contributors]
        against = disliked[self.lengths(disliked) > 0]
        below_0 = np.full(len(against), _DISLIKED)
        return Contributions(
            self,
            np.concatenate([contributors, against]),
            np.concatenate([confidence(minutes), below_0]).astype(np.float32),
            np.concatenate([playtime_percentile(minutes, means, stds), below_0 * _UNKNOWN_PERCENTILE]).astype(
                np.float32
            ),
        )


@dataclass(frozen=True, slots=True)
class Contributions:
    """What some games add to the raw scores of all others: their rows of the weights, each times a factor.

    Attributes:
        weights: The weights of all games.
        contributors: The indices of the games that contribute.
        confidence: float32, one a contributor: how much owning it says of the person; below 0 for a game that
            is not liked.
        playtime_percentile: float32, one a contributor: the share of its owners who play it less; below 0 for
            a game that is not liked.
    """

    weights: Weights
    contributors: Indices
    confidence: Scores
    playtime_percentile: Scores

    def __len__(self) -> int:
        return len(self.contributors)

    @property
    def speak_for_any(self) -> bool:
        """Whether a game contributes for others, rather than only against them."""
        return bool((self.confidence > 0).any())

    def raw_scores(self) -> RawScores:
        """Return the sums of all contributions to each game."""
        games = len(self.weights.games)
        sums = RawScores(np.zeros(games, np.float32), np.zeros(games, np.float32))
        for start in range(0, len(self), _ROWS_SUMMED):
            some = slice(start, start + _ROWS_SUMMED)
            starts, stops = self._rows(some)
            lengths = stops - starts
            # `np.add.at` takes indices of type intp without a copy.
            indices = _joined(self.weights.indices, starts, stops).astype(np.intp)
            weights = _joined(self.weights.weights, starts, stops)
            np.add.at(sums.by_ownership, indices, weights * np.repeat(self.confidence[some], lengths))
            np.add.at(sums.by_playtime, indices, weights * np.repeat(self.playtime_percentile[some], lengths))
        return sums

    def of(self, games: Sequence[int]) -> Iterator[tuple[NDArray[np.int64], Scores]]:
        """Yield what contributes to each of some games, given by their indices.

        Yields:
            The app ids of the contributors with a positive weight, largest first, and their shares, which add
            up to 1. What is not liked is none of them.
        """
        row, entries = self._entries_of(games)
        indices = self.weights.indices[entries]
        all_weights = self.weights.weights[entries] * np.maximum(self.confidence[row], 0)
        for game in games:
            is_of_game = indices == game
            contributors, weights = self.contributors[row[is_of_game]], all_weights[is_of_game]
            order = np.argsort(-weights, kind="stable")
            order = order[weights[order] > 0]
            shares = weights[order]
            yield self.weights.games.ids[contributors[order]].astype(np.int64), shares / shares.sum()

    def _entries_of(self, games: Sequence[int]) -> tuple[Indices, Indices]:
        """Return all weights to some games: the places of the contributors, and of the weights."""
        found: list[tuple[Indices, Indices]] = [(_NO_GAMES, _NO_GAMES)]
        for start in range(0, len(self) if games else 0, _ROWS_SUMMED):
            starts, stops = self._rows(slice(start, start + _ROWS_SUMMED))
            indices = _joined(self.weights.indices, starts, stops)
            # A few comparisons of numbers of 16 bits take less time than one look-up by them.
            places = np.flatnonzero(np.logical_or.reduce([indices == game for game in games]))
            ends = np.cumsum(stops - starts)
            row = np.searchsorted(ends, places, side="right")
            found.append((start + row, places + (stops - ends)[row]))
        rows, entries = zip(*found, strict=True)
        return np.concatenate(rows), np.concatenate(entries)

    def _rows(self, some: slice) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the weights of some contributors start and stop."""
        contributors = self.contributors[some]
        return self.weights.starts[contributors], self.weights.starts[contributors + 1]


def _joined(array: NDArray[Any], starts: NDArray[np.int64], stops: NDArray[np.int64]) -> NDArray[Any]:
    """Return some parts of an array, one after another."""
    parts = zip(starts.tolist(), stops.tolist(), strict=True)
    return np.concatenate([array[start:stop] for start, stop in parts])


def load_weights(session: Session, games: ItemIndex) -> Weights:
    """Return the weights of all games; they are read once after each training and then shared.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    return shared_cached(session.connection(), "weights", games.state, partial(_read_weights, games))


def preload_weights(session: Session) -> None:
    """Read all that lists are computed from, so that whoever asks for the first one need not wait for it.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    load_weights(session, load_item_index(session))


def _read_weights(games: ItemIndex, connection: Connection) -> Weights:
    total, rest = divmod(connection.scalar(_BYTES) or 0, _BYTES_PER_WEIGHT)
    require_consistent(rest == 0, NEIGHBOURS)
    dtype = np.uint16 if len(games) <= _INDICES_OF_16_BITS else np.uint32
    all_lengths = np.zeros(len(games), np.int64)
    all_indices, all_weights = np.empty(total, dtype), np.empty(total, np.float32)
    read = 0
    rows = connection.execute(_WEIGHTS, execution_options={"yield_per": _ROWS_AT_ONCE})
    for some in rows.partitions():
        ids, *packed = zip(*some, strict=True)
        row_indices = games.indices(np.array(ids, np.int64))
        sizes, others = ([len(one) for one in column] for column in packed)
        fits = len(row_indices) == len(ids) and sizes == others
        require_consistent(fits and not any(size % _BYTES_PER_WEIGHT for size in sizes), NEIGHBOURS)
        indices, weights = decode_arrays([b"".join(column) for column in packed], ["<i4", "<f4"], NEIGHBOURS)
        require_consistent(in_range(indices, len(games)), NEIGHBOURS)
        # The rows come in the order of the item index, one after another.
        all_lengths[row_indices] = np.array(sizes) // _BYTES_PER_WEIGHT
        entries = slice(read, read + len(indices))
        all_indices[entries], all_weights[entries] = indices, weights
        read = entries.stop
    starts = np.concatenate(([0], np.cumsum(all_lengths)))
    return Weights(games, starts, all_indices, all_weights)


def confidence(minutes: Numbers) -> Numbers:
    """Return how much owning each game says of a person.

    As in Y. Hu, Y. Koren, C. Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", ICDM 2008,
    but in two steps: below 1 for what was hardly played, 1 for the rest.

    Args:
        minutes: How long the person played each game; not a number where unknown, which has 1.
    """
    return np.where(minutes < _HARDLY_PLAYED_MINUTES, _HARDLY_PLAYED, 1.0)


def playtime_percentile(
    minutes: Numbers, log_playtime_mean: NDArray[np.floating], log_playtime_std: NDArray[np.floating]
) -> Numbers:
    """Estimate the share of each game's owners who play it for less than `minutes`.

    It tells what the person favours, however long such games usually take.

    Args:
        minutes: How long the person played each game; not a number where unknown, which has 0.5.
        log_playtime_mean: The mean of log(1 + minutes) over each game's owners, whose times are taken for
            log-normal.
        log_playtime_std: The standard deviation of the same.
    """
    above = (log_playtime(minutes) - log_playtime_mean) / log_playtime_std
    return np.where(np.isnan(minutes), _UNKNOWN_PERCENTILE, 1 / (1 + np.exp(-_NEARLY_NORMAL * above)))


def log_playtime(minutes: Numbers) -> Numbers:
    """Return log(1 + minutes), since a game may not have been played at all."""
    return np.asarray(np.log1p(minutes), np.float64)

"""The weights of the neighbours table: what the games of a library contribute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

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

# How many weights a block has: as many as the shortest rows of a trained model. NumPy gathers whole blocks
# several times as fast as single weights.
_BLOCK = 50
# How many blocks are added up at a time: few enough to fit into the processor's cache, and for the C library
# to reuse their memory.
_BLOCKS_SUMMED = 512
# Only the first blocks of each game, those of its largest weights, are looked through for what contributes to
# a suggestion: a contribution worth naming is among them.
_BLOCKS_EXPLAINING = 2

_WEIGHTS = select(Neighbours.game_id, Neighbours.neighbour_indices, Neighbours.weights).order_by(
    Neighbours.game_id
)
_BYTES_PER_WEIGHT = 4
_BYTES_PER_BLOCK = _BYTES_PER_WEIGHT * _BLOCK
_BLOCKS = select(func.sum((func.length(Neighbours.weights) + _BYTES_PER_BLOCK - 1) // _BYTES_PER_BLOCK))
# How many rows are read at a time; these are in memory twice, as fetched and as cached. Freeing blocks this
# large raises the C library's threshold for mapping memory ("M_MMAP_THRESHOLD" of mallopt(3)), so that later
# lists reuse the memory of their arrays.
_ROWS_AT_ONCE = 2000
_INDICES_OF_16_BITS = 2**16


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of the neighbours table: a row for each of `games`, in as many equal blocks as it fills.

    The game of index i has the blocks `starts[i]` to `starts[i + 1]`. A weight there is what owning the game
    adds to the raw score of the game whose index is at the same place of `indices`.

    Attributes:
        games: The item index that all indices are of.
        starts: The first block of each row, and the end, int64 of shape (games + 1,).
        indices: The neighbours, uint16 or uint32 of shape (blocks, weights a block).
        weights: Their signed weights, float32 of the same shape, the largest magnitude of a row first; behind
            the last of a row, weights and indices are 0.
    """

    games: ItemIndex
    starts: NDArray[np.int64]
    indices: NDArray[np.unsignedinteger]
    weights: NDArray[np.float32]

    def has_weights(self, rows: Indices) -> NDArray[np.bool_]:
        """Return whether each of some games has weights."""
        return self.starts[rows + 1] > self.starts[rows]

    def blocks(self, rows: Indices, most: int | None = None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the blocks of some games, one after another, and for each the place of its game in `rows`.

        Args:
            rows: The indices of the games.
            most: How many blocks of each are returned at most, the first ones.
        """
        counts = self.starts[rows + 1] - self.starts[rows]
        if most is not None:
            counts = np.minimum(counts, most)
        ends = np.cumsum(counts)
        blocks = np.repeat(self.starts[rows] - (ends - counts), counts)
        blocks += np.arange(len(blocks))
        return blocks, np.repeat(np.arange(len(rows)), counts)

    def contributions(self, library: IndexedLibrary, disliked: Indices = _NO_GAMES) -> "Contributions":
        """Return what the games of a library contribute, and, against others, those that are not liked.

        Games without weights are left out.
        """
        has_weights = self.has_weights(library.indices)
        contributors, minutes = library.indices[has_weights], library.minutes[has_weights]
        means = self.games.params.log_playtime_mean[contributors]
        stds = self.games.params.log_playtime_std[contributors]
        against = disliked[self.has_weights(disliked)]
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

    @property
    def factors(self) -> NDArray[np.complex64]:
        """What the rows of the weights are multiplied by, for both raw scores as the parts of one number."""
        return np.asarray(self.confidence + np.complex64(1j) * self.playtime_percentile, np.complex64)

    def raw_scores(self) -> RawScores:
        """Return the sums of all contributions to each game."""
        # Both are added up at once, as the two parts of complex numbers.
        sums = np.zeros(len(self.weights.games), np.complex64)
        factors = self.factors
        blocks, rows = self.weights.blocks(self.contributors)
        for start in range(0, len(blocks), _BLOCKS_SUMMED):
            some = slice(start, start + _BLOCKS_SUMMED)
            # `np.add.at` takes indices of type intp without a copy.
            indices = self.weights.indices.take(blocks[some], axis=0).ravel().astype(np.intp)
            weights = self.weights.weights.take(blocks[some], axis=0).astype(np.complex64)
            weights *= factors[rows[some], np.newaxis]
            np.add.at(sums, indices, weights.ravel())
        return RawScores(np.ascontiguousarray(sums.real), np.ascontiguousarray(sums.imag))

    def of(self, games: Sequence[int]) -> Iterator[tuple[NDArray[np.int64], Scores]]:
        """Yield what contributes to each of some games, given by their indices.

        Yields:
            The app ids of the contributors of which it is among the games of largest weight, and positive,
            largest first, and their shares, which add up to 1. What is not liked is none of them.
        """
        blocks, block_rows = self.weights.blocks(self.contributors, _BLOCKS_EXPLAINING)
        indices = self.weights.indices.take(blocks, axis=0)
        for game in games:
            # Flattened: NumPy searches one dimension several times as fast.
            places, columns = np.divmod(np.flatnonzero(indices.ravel() == game), _BLOCK)
            rows = block_rows[places]
            contributors = self.contributors[rows]
            weights = self.weights.weights[blocks[places], columns] * np.maximum(self.confidence[rows], 0)
            order = np.argsort(-weights, kind="stable")
            order = order[weights[order] > 0]
            shares = weights[order]
            yield self.weights.games.ids[contributors[order]].astype(np.int64), shares / shares.sum()


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
    dtype = np.uint16 if len(games) <= _INDICES_OF_16_BITS else np.uint32
    shape = (connection.scalar(_BLOCKS) or 0, _BLOCK)
    counts = np.zeros(len(games), np.int64)
    all_indices, all_weights = np.zeros(shape, dtype), np.zeros(shape, np.float32)
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
        # The rows come in the order of the item index, so that their blocks follow one another.
        lengths = np.array(sizes) // _BYTES_PER_WEIGHT
        blocks = -(-lengths // _BLOCK)
        counts[row_indices] = blocks
        firsts = read + np.cumsum(blocks) - blocks
        entries = np.repeat(_BLOCK * firsts, lengths) + _ranges(lengths)
        all_indices.reshape(-1)[entries], all_weights.reshape(-1)[entries] = indices, weights
        read += int(blocks.sum())
    return Weights(games, np.concatenate(([0], np.cumsum(counts))), all_indices, all_weights)


def _ranges(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0, 1, 2 and so on up to each length, one after another."""
    return np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)


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

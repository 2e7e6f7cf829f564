"""Reading the neighbours table: what some games speak for, and how alike the neighbours of a game are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store.dialect import shared_cached
from store.models import Neighbours
from store.scoring.item_index import Scorable, Shelved, read_scorable
from store.scoring.packed import NEIGHBOURS, are_places, require, unpacked
from store.scoring.scorer import Places, Scores, Sums

Numbers = NDArray[np.float64]

# A game that was hardly played says less about a person than one that was.
_HARDLY_PLAYED_MINUTES = 60
_HARDLY_PLAYED = 0.85
# So much steeper, the logistic curve is nearly that of the normal distribution (D. R. Cox, "The Analysis of
# Binary Data", 1970).
_NEARLY_NORMAL = 1.7

# So many rows of weights are added up at a time: what that takes fits into the processor's cache, and is
# small enough that memory is not fetched from the system each time.
_ROWS_SUMMED = 256

_WEIGHTS = select(Neighbours.game_id, Neighbours.neighbour_places, Neighbours.weights).order_by(
    Neighbours.game_id
)
_LONGEST = select(func.max(func.length(Neighbours.weights)))
# So many rows at a time are in memory twice, as they are fetched and as they are kept. They are many enough
# that the C library, which keeps at hand as much as was once freed in one piece ("M_MMAP_THRESHOLD" of
# mallopt(3)), does not get the arrays of every list from the system and give them back.
_ROWS_AT_ONCE = 2000
_PLACES_OF_16_BITS = 2**16
_LIKENESS = select(Neighbours.neighbour_places, Neighbours.alikeness, Neighbours.common_owners).where(
    Neighbours.game_id == bindparam("game", type_=Integer)
)


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of the neighbours table, a row for each of `games` and as many columns as the longest has.

    In row p, `weights[p, k]` is what the game at place p says of the one at `places[p, k]`. Nearly all games
    have the same number of neighbours; behind the `lengths[p]` of the others, weights are 0.
    """

    games: Scorable
    lengths: NDArray[np.int64]
    places: NDArray[np.unsignedinteger]
    weights: NDArray[np.float32]

    def evidence(self, library: Shelved) -> "Evidence":
        """Return the weights of the games in a library; games that speak for nothing are left out."""
        speak = self.lengths[library.places] > 0
        sources, minutes = library.places[speak], library.minutes[speak]
        facts = self.games.facts
        return Evidence(
            self,
            sources,
            importance(minutes).astype(np.float32),
            devotion(minutes, facts.time_mean[sources], facts.time_spread[sources]).astype(np.float32),
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some games say of all others: the rows of `table` at `sources`, the places of these games.

    `importance` is how much owning each source says of the person, `devotion` how much playing it for so
    long.
    """

    table: Weights
    sources: Places
    importance: Scores
    devotion: Scores

    def __len__(self) -> int:
        return len(self.sources)

    def sums(self) -> Sums:
        """Return the sums of what speaks for each of all games."""
        owned, devoted = np.zeros((2, len(self.table.games)), np.float32)
        for start in range(0, len(self), _ROWS_SUMMED):
            some = slice(start, start + _ROWS_SUMMED)
            # Of the kind that is added up without a copy.
            places = self.table.places.take(self.sources[some], axis=0).ravel().astype(np.intp)
            weights = self.table.weights.take(self.sources[some], axis=0)
            for sums, says in ((owned, self.importance), (devoted, self.devotion)):
                np.add.at(sums, places, (weights * says[some, np.newaxis]).ravel())
        return Sums(owned, devoted)

    def speaking_for(self, games: Sequence[int]) -> Iterator[tuple[NDArray[np.int64], Scores]]:
        """Yield what speaks for the game at each of some places: ids, strongest first, and shares of 1."""
        places = self.table.places.take(self.sources, axis=0)
        for game in games:
            # In one dimension, in which they are found several times as fast.
            rows, columns = np.divmod(np.flatnonzero(places.ravel() == game), places.shape[1])
            sources = self.sources[rows]
            weights = self.table.weights[sources, columns] * self.importance[rows]
            order = np.argsort(-weights, kind="stable")
            order = order[weights[order] > 0]
            shares = weights[order]
            yield self.table.games.ids[sources[order]].astype(np.int64), shares / shares.sum()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The places of the neighbours of a game, how alike each is, and how many players own both."""

    places: NDArray[np.int32]
    scores: Scores
    common_owners: NDArray[np.int32]


def read_weights(session: Session, games: Scorable) -> Weights:
    """Return what each of `games` speaks for; it is read once after a training and then kept.

    Raises DatabaseUnavailable if the store contradicts itself.
    """
    return shared_cached(session.connection(), "weights", games.state, partial(_read_weights, games))


def keep_weights(session: Session) -> None:
    """Read what lists are worked out from, so that whoever asks for the first one need not wait for that.

    Raises DatabaseUnavailable if the store contradicts itself.
    """
    read_weights(session, read_scorable(session))


def _read_weights(games: Scorable, connection: Connection) -> Weights:
    longest = (connection.scalar(_LONGEST) or 0) // 4
    require(longest <= len(games), NEIGHBOURS)
    kind = np.uint16 if len(games) <= _PLACES_OF_16_BITS else np.uint32
    shape = (len(games), longest)
    table = Weights(games, np.zeros(len(games), np.int64), np.zeros(shape, kind), np.zeros(shape, np.float32))
    rows = connection.execute(_WEIGHTS, execution_options={"yield_per": _ROWS_AT_ONCE})
    for some in rows.partitions():
        ids, *packed = zip(*some, strict=True)
        sources = games.places(np.array(ids, np.int64))
        sizes, others = ([len(one) for one in column] for column in packed)
        fits = len(sources) == len(ids) and sizes == others and not any(size % 4 for size in sizes)
        require(fits, NEIGHBOURS)
        lengths = np.array(sizes) // 4
        places, weights = unpacked([b"".join(column) for column in packed], ["<i4", "<f4"], NEIGHBOURS)
        require(are_places(places, len(games)), NEIGHBOURS)
        table.lengths[sources] = lengths
        entries = np.repeat(sources, lengths), _counted_up(lengths)
        table.places[entries], table.weights[entries] = places, weights
    return table


def _counted_up(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0, 1, 2 and so on up to each length, one after another."""
    return np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def read_likeness(session: Session, games: Scorable, game: int) -> Likeness | None:
    """Return which of `games` are like one, or None if it has no neighbours.

    Raises DatabaseUnavailable if the store contradicts itself.
    """
    row = session.connection().execute(_LIKENESS, {"game": game}).one_or_none()
    if row is None:
        return None
    alike = Likeness(*unpacked(row, ("<i4", "<f4", "<i4"), NEIGHBOURS))
    require(are_places(alike.places, len(games)), NEIGHBOURS)
    return alike


def importance(minutes: Numbers) -> Numbers:
    """Return how much owning a game says of a person who played it for `minutes`; not a number is unknown."""
    return np.where(minutes < _HARDLY_PLAYED_MINUTES, _HARDLY_PLAYED, 1.0)


def devotion(minutes: Numbers, time_mean: NDArray[np.floating], time_spread: NDArray[np.floating]) -> Numbers:
    """Return about which share of a game's owners play it for less than `minutes`; half where none is known.

    `time_mean` and `time_spread` are those of each game (`store.scoring.scorer.Facts`), whose times are
    taken for log-normal. So a game says what the person is given to, however long such games take.
    """
    above = (log_time(minutes) - time_mean) / time_spread
    return np.where(np.isnan(minutes), 0.5, 1 / (1 + np.exp(-_NEARLY_NORMAL * above)))


def log_time(minutes: Numbers) -> Numbers:
    """Return the logs of how long games were played, which may be not at all."""
    return np.asarray(np.log1p(minutes), np.float64)

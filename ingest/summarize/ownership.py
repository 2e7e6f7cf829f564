"""What the libraries come to by game, player and genre: sums over columns, without the store."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ingest.stage import Staged
from ingest.stage.staged import Int32
from store.people.anonymous import is_anonymous

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """How many `players` played each game, and the quartiles of their minutes; None where nobody did."""

    players: Int64
    lower: list[float | None]
    median: list[float | None]
    upper: list[float | None]


@dataclass(frozen=True, slots=True)
class Champion:
    """Who played a genre most: the index in `Staged.players`, and the minutes."""

    genre: str
    player: int
    minutes: int


class Ownership:
    """What the libraries of `staged` come to, each figure computed when it is first asked for.

    Figures of games are in the order of `Staged.games`, those of players in that of `Staged.players`.
    """

    def __init__(self, staged: Staged) -> None:
        self._games = staged.games
        self._user_ids = staged.players.user_ids
        self._libraries = staged.libraries

    def compute_all(self) -> None:
        """Compute every figure now: nearly all of it is NumPy's, which leaves the interpreter to others."""
        for name, member in vars(type(self)).items():
            if isinstance(member, cached_property):
                getattr(self, name)

    @cached_property
    def game_ids(self) -> Int32:
        """The app id of each game."""
        return np.array([game.id for game in self._games], dtype=np.int32)

    @cached_property
    def game_index(self) -> Int32:
        """The index of the game of each entry of `Staged.libraries`."""
        return np.searchsorted(self.game_ids, self._libraries.game).astype(np.int32)

    @cached_property
    def owners(self) -> Int64:
        """How many own each game."""
        return np.bincount(self.game_index, minlength=len(self._games))

    @cached_property
    def owned(self) -> Int64:
        """How many games each player owns."""
        return np.bincount(self._libraries.player, minlength=len(self._user_ids))

    @cached_property
    def minutes_of_games(self) -> Int64:
        """How long each game was played."""
        return _sums(self.game_index, self._libraries.minutes, len(self._games))

    @cached_property
    def minutes_of_players(self) -> Int64:
        """How long each player played."""
        return _sums(self._libraries.player, self._libraries.minutes, len(self._user_ids))

    @cached_property
    def spent_cents(self) -> Int64:
        """What the games of each player cost, as far as their prices are known."""
        cents = np.array([game.price_cents or 0 for game in self._games], dtype=np.int32)
        return _sums(self._libraries.player, cents[self.game_index], len(self._user_ids))

    @cached_property
    def unpriced(self) -> Int64:
        """How many games of each player have no known price."""
        is_unpriced = np.array([game.price_cents is None for game in self._games], dtype=bool)
        players = self._libraries.player[is_unpriced[self.game_index]]
        return np.bincount(players, minlength=len(self._user_ids))

    @cached_property
    def played(self) -> Played:
        """How many played each game, and for how long."""
        minutes = self._libraries.minutes
        was_played = minutes > 0
        keys = np.sort((self.game_index[was_played].astype(np.int64) << 32) | minutes[was_played])
        values = (keys & 0xFFFFFFFF).astype(np.float64)
        players = np.bincount(keys >> 32, minlength=len(self._games))
        starts = np.cumsum(players) - players
        lower, median, upper = (_quantiles(values, starts, players, share) for share in (0.25, 0.5, 0.75))
        return Played(players, lower, median, upper)

    @cached_property
    def champions(self) -> list[Champion]:
        """Who played each genre most, of those who have a name; of equals, the first user id by letter.

        Genres that nobody played have none; the others are in the order of their names.
        """
        genres = sorted({genre for game in self._games for genre in game.genres})
        minutes = self._minutes_by_genre(genres)
        minutes[[is_anonymous(user_id) for user_id in self._user_ids]] = 0
        found: list[Champion] = []
        for number, genre in enumerate(genres):
            column = minutes[:, number]
            most = column.max(initial=0)
            if most > 0:
                equals = np.flatnonzero(column == most).tolist()
                best = min(equals, key=lambda player: self._user_ids[player])
                found.append(Champion(genre, best, int(most)))
        return found

    def _minutes_by_genre(self, genres: list[str]) -> Float64:
        """Return how long each player played each genre, of shape (players, genres)."""
        # Imported here: few nights need it.
        from scipy.sparse import csr_array  # noqa: PLC0415

        columns = {genre: number for number, genre in enumerate(genres)}
        pairs = [(row, columns[genre]) for row, game in enumerate(self._games) for genre in game.genres]
        games, numbers = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        carries = csr_array((np.ones(len(pairs)), (games, numbers)), shape=(len(self._games), len(genres)))
        starts = np.concatenate(([0], np.cumsum(self.owned)))
        played = csr_array(
            (self._libraries.minutes.astype(np.float64), self.game_index, starts),
            shape=(len(self._user_ids), len(self._games)),
        )
        minutes: Float64 = (played @ carries).toarray()
        return minutes


def _quantiles(values: Float64, starts: Int64, lengths: Int64, share: float) -> list[float | None]:
    """Return the quantile `share` of each run of sorted `values` (linear interpolation), None if empty."""
    filled = lengths > 0
    exact = starts[filled] + share * (lengths[filled] - 1)
    below = np.floor(exact).astype(np.int64)
    above = np.ceil(exact).astype(np.int64)
    quantile = values[below] + (exact - below) * (values[above] - values[below])
    result: list[float | None] = [None] * len(lengths)
    for run, value in zip(np.flatnonzero(filled).tolist(), quantile.tolist(), strict=True):
        result[run] = value
    return result


def _sums(index: Int32, values: Int32, size: int) -> Int64:
    # Sums in float64 are exact: no total comes near 2**53 minutes.
    return np.bincount(index, weights=values, minlength=size).astype(np.int64)

"""What the queries answer about players."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from store.results.frames import frame
from store.results.game_ref import GameRef
from store.results.result import Result
from store.results.text import percent_text

if TYPE_CHECKING:
    import pandas

_COLUMNS = {
    "user_id": "str",
    "money_spent_usd": "float64",
    "recommend_percent": "float64",
    "items": "int64",
    "reviews": "int64",
    "unpriced_items": "int64",
}


@dataclass(frozen=True, slots=True)
class UserData(Result):
    """A player's spending and reviews.

    `money_spent` is in US dollars, at the list prices of the games file, over the owned games of the items
    file whose price is known; `unpriced_items` counts the others. `recommend_percent` is the share, 0 to 100,
    of the player's `reviews` in the reviews file that recommend; None without reviews. `items` is the items
    file's own count.
    """

    user_id: str
    money_spent: Decimal
    recommend_percent: float | None
    items: int
    reviews: int
    unpriced_items: int

    def as_dict(self) -> dict[str, Any]:
        """Return the shape of the specification."""
        recommend = None if self.recommend_percent is None else percent_text(self.recommend_percent)
        dollars = f"{self.money_spent:.2f}".removesuffix(".00")
        return {
            "Usuario X": self.user_id,
            "Dinero gastado": f"{dollars} USD",
            "% de recomendación": recommend,
            "cantidad de items": self.items,
        }

    def to_frame(self) -> "pandas.DataFrame":
        """Return one row: `user_id`, `money_spent_usd`, and the other figures by their names here."""
        return frame(_COLUMNS, [_cells(self)])


@dataclass(frozen=True, slots=True)
class GenreShare(Result):
    """A genre's part of a library: how many `games` carry it, and the `hours` played in them.

    From the items file, the genres from the games file.
    """

    genre: str
    games: int
    hours: float


@dataclass(frozen=True, slots=True)
class LibraryByGenre(Result):
    """A player's library by genre, most hours first, from the items file.

    A game counts in full for each of its genres, so the parts add up to more than `games` (owned) and `hours`
    (played), which are of the whole library, games of no known genre included.
    """

    user_id: str
    games: int
    hours: float
    genres: tuple[GenreShare, ...]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a genre: `genre`, `games`, `hours`."""
        columns = {"genre": "str", "games": "int64", "hours": "float64"}
        return frame(columns, ((share.genre, share.games, share.hours) for share in self.genres))


@dataclass(frozen=True, slots=True)
class PlayerProfile(Result):
    """A player's numbers; `hours` are those played of the whole library, from the items file."""

    data: UserData
    hours: float


@dataclass(frozen=True, slots=True)
class PlayerPair(Result):
    """Two players side by side; `shared_games` is how many games both own, from the items file.

    `most_played` are those of them that both played longest, by the shorter of the two playtimes.
    """

    first: PlayerProfile
    second: PlayerProfile
    shared_games: int
    most_played: tuple[GameRef, ...]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a player, with the columns of `UserData` and `hours`."""
        rows = ((*_cells(profile.data), profile.hours) for profile in (self.first, self.second))
        return frame({**_COLUMNS, "hours": "float64"}, rows)


def _cells(data: UserData) -> tuple[Any, ...]:
    spent = float(data.money_spent)
    return data.user_id, spent, data.recommend_percent, data.items, data.reviews, data.unpriced_items

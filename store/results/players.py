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
    "items": "Int64",
    "reviews": "int64",
    "unpriced_items": "Int64",
}


@dataclass(frozen=True, slots=True)
class UserData(Result):
    """A player's spending and reviews; None is unknown.

    `money_spent` is in US dollars, at the list prices of the games file, over the owned games of the items
    file whose price is known; `unpriced_items` counts the others. It is None where there are owned games and
    the price of none is known. `recommend_percent` is the share, 0 to 100, of the player's `reviews` in the
    reviews file that recommend, without those that do not say whether they do; None without reviews. `items`
    is the items file's own count. Of a player whom the items file lacks, `items`, `money_spent` and
    `unpriced_items` are None.
    """

    user_id: str
    money_spent: Decimal | None
    recommend_percent: float | None
    items: int | None
    reviews: int
    unpriced_items: int | None

    def as_dict(self) -> dict[str, Any]:
        """Return the shape of the specification, with None for what is unknown."""
        recommend = None if self.recommend_percent is None else percent_text(self.recommend_percent)
        spent = None if self.money_spent is None else f"{self.money_spent:.2f}".removesuffix(".00") + " USD"
        return {
            "Usuario X": self.user_id,
            "Dinero gastado": spent,
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
    (played), which are of the whole library, games of no known genre included. Both are None, and there are
    no genres, of a player whom the items file lacks.
    """

    user_id: str
    games: int | None
    hours: float | None
    genres: tuple[GenreShare, ...]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a genre: `genre`, `games`, `hours`."""
        columns = {"genre": "str", "games": "int64", "hours": "float64"}
        return frame(columns, ((share.genre, share.games, share.hours) for share in self.genres))


@dataclass(frozen=True, slots=True)
class PlayerProfile(Result):
    """A player's numbers; `hours` are those played of the whole library, from the items file.

    They are None of a player whom that file lacks.
    """

    data: UserData
    hours: float | None


@dataclass(frozen=True, slots=True)
class PlayerPair(Result):
    """Two players side by side; `shared_games` is how many games both own, from the items file.

    It is None where that file lacks one of them. `most_played` are those of the shared games that both played
    longest, by the shorter of the two playtimes.
    """

    first: PlayerProfile
    second: PlayerProfile
    shared_games: int | None
    most_played: tuple[GameRef, ...]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a player, with the columns of `UserData` and `hours`."""
        rows = ((*_cells(profile.data), profile.hours) for profile in (self.first, self.second))
        return frame({**_COLUMNS, "hours": "float64"}, rows)


def _cells(data: UserData) -> tuple[Any, ...]:
    spent = None if data.money_spent is None else float(data.money_spent)
    return data.user_id, spent, data.recommend_percent, data.items, data.reviews, data.unpriced_items

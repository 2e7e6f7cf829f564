"""What the queries answer about genres."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.results.frames import frame
from store.results.result import Result

if TYPE_CHECKING:
    import pandas

_COLUMNS = {"year": "Int64", "hours": "float64"}


@dataclass(frozen=True, slots=True)
class YearHours(Result):
    """Hours played of the games released in a year; `year` is None where it is unknown.

    `hours` come from the items file, which gives minutes; the years from the games file.
    """

    year: int | None
    hours: float


@dataclass(frozen=True, slots=True)
class GenreChampion(Result):
    """The player with most `hours` in a genre, and that player's hours by release year, oldest first.

    From the items file, the genres from the games file. A game counts in full for each of its genres.
    """

    genre: str
    user_id: str
    hours: float
    by_release_year: tuple[YearHours, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the shape of the specification, with whole hours."""
        return {
            f"Usuario con más horas jugadas para Género {self.genre}": self.user_id,
            "Horas jugadas": [{"Año": e.year, "Horas": round(e.hours)} for e in self.by_release_year],
        }

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a release year: `year`, `hours` of the champion."""
        return frame(_COLUMNS, ((entry.year, entry.hours) for entry in self.by_release_year))


@dataclass(frozen=True, slots=True)
class GenreTopYear(Result):
    """The release year whose games of the genre were played most, in hours over all players."""

    genre: str
    top: YearHours

    @property
    def year(self) -> int | None:
        """The release year; None where that of every played game is unknown."""
        return self.top.year

    @property
    def hours(self) -> float:
        """The hours that all players played its games, from the items file."""
        return self.top.hours

    def as_dict(self) -> dict[str, Any]:
        """Return the shape of the specification."""
        return {f"Año de lanzamiento con más horas jugadas para Género {self.genre}": self.year}

    def to_frame(self) -> "pandas.DataFrame":
        """Return one row: `genre`, `year`, `hours`."""
        return frame({"genre": "str", **_COLUMNS}, [(self.genre, self.year, self.hours)])


@dataclass(frozen=True, slots=True)
class GenreHours(Result):
    """Hours that all players played games of a genre, by release year, oldest first, unknown last."""

    genre: str
    by_release_year: tuple[YearHours, ...]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a release year: `year`, `hours` of all players."""
        return frame(_COLUMNS, ((entry.year, entry.hours) for entry in self.by_release_year))

"""What the queries answer about developers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.results.frames import frame
from store.results.result import Result
from store.results.reviews import ReviewDates, SentimentCounts
from store.results.text import percent_text

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class DeveloperYear(Result):
    """Releases of one year, from the games file.

    `year` is None where the release year is unknown. `items` counts everything that the developer is credited
    for, DLC and the like included, `free_items` what costs nothing of it; an unknown price is not free, and
    `unpriced_items` counts these. `undated_items` are those of which the file names the year but no day, such
    as "Q1 2018".
    """

    year: int | None
    items: int
    free_items: int
    unpriced_items: int = 0
    undated_items: int = 0

    @property
    def free_percent(self) -> float:
        """The share of items known to be free, 0 to 100; those of unknown price count as not free."""
        return 100 * self.free_items / self.items


@dataclass(frozen=True, slots=True)
class DeveloperReport(Result):
    """A developer's releases by year, newest first, unknown last."""

    developer: str
    years: tuple[DeveloperYear, ...]

    def as_dict(self) -> list[dict[str, Any]]:
        """Return the shape of the specification: a dictionary a year."""
        return [
            {
                "Año": entry.year,
                "Cantidad de Items": entry.items,
                "Contenido Free": percent_text(entry.free_percent),
            }
            for entry in self.years
        ]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a year: `developer`, `year`, `items`, `free_items`, `free_percent`, and the rest."""
        columns = {
            "developer": "str",
            "year": "Int64",
            "items": "int64",
            "free_items": "int64",
            "free_percent": "float64",
            "unpriced_items": "int64",
            "undated_items": "int64",
        }
        return frame(
            columns,
            (
                (
                    *(self.developer, y.year, y.items, y.free_items, y.free_percent),
                    *(y.unpriced_items, y.undated_items),
                )
                for y in self.years
            ),
        )


@dataclass(frozen=True, slots=True)
class RankedDeveloper(Result):
    """A developer's place: `rank` from 1, by `recommendations`, the number of reviews that put it there.

    They are of the reviews file; the query says which count: those that praise, or that pan the worst.
    """

    rank: int
    developer: str
    recommendations: int


class DeveloperRanking(Result, tuple[RankedDeveloper, ...]):
    """Developers in order, best (or worst) first.

    `dates` says how sure the year is that the reviews were posted in; None of a ranking by another year.
    """

    dates: ReviewDates | None

    def __new__(
        cls, entries: Iterable[RankedDeveloper] = (), dates: ReviewDates | None = None
    ) -> "DeveloperRanking":
        """Return the ranking of these places."""
        ranking = super().__new__(cls, entries)
        ranking.dates = dates
        return ranking

    def as_dict(self) -> list[dict[str, str]]:
        """Return the shape of the specification: a dictionary a place."""
        return [{f"Puesto {entry.rank}": entry.developer} for entry in self]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a place: `rank`, `developer`, `recommendations`."""
        columns = {"rank": "int64", "developer": "str", "recommendations": "int64"}
        return frame(columns, ((entry.rank, entry.developer, entry.recommendations) for entry in self))


@dataclass(frozen=True, slots=True)
class DeveloperProfile(Result):
    """What a developer released, and how its games are reviewed."""

    releases: DeveloperReport
    reviews: SentimentCounts


@dataclass(frozen=True, slots=True)
class DeveloperPair(Result):
    """Two developers side by side."""

    first: DeveloperProfile
    second: DeveloperProfile

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a developer: `developer`, `items`, `free_items`, `negative`, `neutral`, `positive`.

        The last three count reviews by the tone of their text.
        """
        columns = {"developer": "str"} | dict.fromkeys(
            ("items", "free_items", "negative", "neutral", "positive"), "int64"
        )
        return frame(
            columns,
            (
                (
                    profile.releases.developer,
                    sum(year.items for year in profile.releases.years),
                    sum(year.free_items for year in profile.releases.years),
                    profile.reviews.negative,
                    profile.reviews.neutral,
                    profile.reviews.positive,
                )
                for profile in (self.first, self.second)
            ),
        )

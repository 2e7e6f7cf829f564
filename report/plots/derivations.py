"""How the values of a plot come from games, as data: here for all games, on the page for those it filters.

`templates/script/derive.js` works out the same from what `as_dict` returns; a test in a browser compares the
two.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal, TypeAlias

import pandas as pd

from report.blocks import Cell, Column

# What the page needs of a game, besides its genres and developers.
FIELDS = (
    *("title", "year", "price", "owners", "hours", "median", "reviews", "liked"),
    *("recommended", "negative", "neutral", "positive", "praise", "pan"),
)

Row: TypeAlias = tuple[Cell, ...]
_Columns: TypeAlias = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Least:
    """Of a field, the value that a row must have at least; rows that lack it are left out."""

    field: str
    value: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The games with the highest values of a field, best first; equal ones in the order of their titles.

    `count` is how many there are at most; None takes all, for plots of points.
    """

    by: str
    count: int | None
    least: tuple[Least, ...] = ()

    def rows(self, games: pd.DataFrame, columns: Sequence[Column]) -> tuple[Row, ...]:
        """Return the rows of a plot with these columns, which are named as fields."""
        kept = games[games[self.by].notna()]
        for least in self.least:
            kept = kept[kept[least.field] >= least.value]
        kept = kept.sort_values([self.by, "title"], ascending=[False, True], kind="stable")
        return _cells(kept.head(len(kept) if self.count is None else self.count), columns)

    def as_dict(self) -> dict[str, Any]:
        """Return the same as the page reads it."""
        return {"kind": "ranking", **asdict(self)}


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a group of games.

    Attributes:
        name: The column.
        how: The number of games, the sum or the median of a field, or the ratio of the sums of two.
        field: The field; that above, of a ratio.
        over: The field below, of a ratio.
        least: What must be known for the figure not to be withheld: the values of a median, the sum below a
            ratio.
    """

    name: str
    how: Literal["count", "sum", "median", "ratio"]
    field: str = ""
    over: str = ""
    least: int = 1

    def of(self, games: _Columns, group: Sequence[int]) -> float | None:
        """Return the figure of the games at some positions; None where it is unknown or withheld."""
        match self.how:
            case "count":
                return len(group)
            case "sum":
                return math.fsum(_known(games[self.field], group))
            case "median":
                known = _known(games[self.field], group)
                return median(known) if len(known) >= self.least else None
            case _:
                below = math.fsum(_known(games[self.over], group))
                above = math.fsum(_known(games[self.field], group))
                return above / below if below >= self.least else None


@dataclass(frozen=True, slots=True)
class Grouping:
    """Games by what they carry, each in all groups that it belongs to.

    Attributes:
        by: The year, the band of the price, or each genre or developer.
        measures: The columns besides the first, in their order.
        bands: The lower ends of the bands and their labels, for groups by price.
        order: The measure by which groups are sorted, highest first; "" keeps years and bands in order.
        least: What a group must have of a measure to be shown.
        count: How many groups there are at most.
        with_unknown: Whether the games of which it is unknown are a group, which comes last.
    """

    by: Literal["year", "price", "genres", "developers"]
    measures: tuple[Measure, ...]
    bands: tuple[tuple[float, str], ...] = ()
    order: str = ""
    least: Least | None = None
    count: int | None = None
    with_unknown: bool = True

    def rows(self, games: pd.DataFrame) -> tuple[Row, ...]:
        """Return the rows of a plot: what a group is called, or None, and its figures."""
        groups: dict[Any, list[int]] = {}
        rest: list[int] = []
        for at, keys in enumerate(self._keys(games)):
            for key in keys:
                groups.setdefault(key, []).append(at)
            if not keys:
                rest.append(at)
        fields = {name for measure in self.measures for name in (measure.field, measure.over) if name}
        columns = {name: games[name].tolist() for name in fields}
        known = [(self._label(key), *self._figures(columns, groups[key])) for key in sorted(groups)]
        known = self._without_small(self._without_gaps(known))
        if self.order:
            at = self._place(self.order)
            known.sort(key=lambda row: (-_number(row[at]), str(row[0])))
        known = known[: self.count]
        if self.with_unknown and rest:
            known += self._without_small([(None, *self._figures(columns, rest))])
        return tuple(known)

    def as_dict(self) -> dict[str, Any]:
        """Return the same as the page reads it."""
        return {"kind": "grouping", **asdict(self)}

    def _figures(self, columns: _Columns, group: Sequence[int]) -> Row:
        return tuple(measure.of(columns, group) for measure in self.measures)

    def _keys(self, games: pd.DataFrame) -> list[tuple[Any, ...]]:
        """Return the groups that each game belongs to."""
        if self.by in ("genres", "developers"):
            return [tuple(dict.fromkeys(names)) for names in games[f"{self.by}_of"]]
        values = games[self.by].tolist()
        if self.by == "year":
            return [() if math.isnan(year) else (int(year),) for year in values]
        ends = [least for least, _ in self.bands]
        return [() if math.isnan(price) else (bisect_right(ends, price) - 1,) for price in values]

    def _place(self, name: str) -> int:
        return 1 + [measure.name for measure in self.measures].index(name)

    def _label(self, key: Any) -> Cell:
        if self.by == "price":
            label: str = self.bands[key][1]
            return label
        return int(key) if self.by == "year" else str(key)

    def _without_gaps(self, rows: list[Row]) -> list[Row]:
        """Fill in the years without a game, so that an axis of years has no gap."""
        if self.by != "year" or not rows:
            return rows
        of_year = {row[0]: row for row in rows}
        none = tuple(0 if measure.how in ("count", "sum") else None for measure in self.measures)
        years = range(int(_number(rows[0][0])), int(_number(rows[-1][0])) + 1)
        return [of_year.get(year, (year, *none)) for year in years]

    def _without_small(self, rows: list[Row]) -> list[Row]:
        if self.least is None:
            return rows
        at = self._place(self.least.field)
        return [row for row in rows if _number(row[at]) >= self.least.value]


def _known(values: Sequence[float], group: Sequence[int]) -> list[float]:
    return [value for at in group if not math.isnan(value := values[at])]


def _number(value: Cell) -> float:
    return value if isinstance(value, int | float) else float("-inf")


def _cells(games: pd.DataFrame, columns: Sequence[Column]) -> tuple[Row, ...]:
    by_column = [[_cell(value) for value in games[column.name].tolist()] for column in columns]
    return tuple(zip(*by_column, strict=True))


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else round(float(value), 4)


def filterable_games(games: pd.DataFrame) -> pd.DataFrame:
    """Return the games that plots and filters work on: the fields as the page gets them, rounded."""
    kept = games[
        (games["kind"] == "game") & (games["listed"] | (games["owners"] > 0) | (games["reviews"] > 0))
    ]
    numbers = [name for name in FIELDS if name != "title"]
    return kept.assign(**{name: kept[name].astype("float64").round(4) for name in numbers})


def game_columns(games: pd.DataFrame) -> dict[str, Any]:
    """Return what the page filters: a list for each field, and the genres and developers by index."""
    columns: dict[str, Any] = {name: [_cell(value) for value in games[name].tolist()] for name in FIELDS}
    for name in ("genres", "developers"):
        labels = sorted({label for carried in games[f"{name}_of"] for label in carried}, key=str.casefold)
        index = {label: at for at, label in enumerate(labels)}
        columns[name] = [[index[label] for label in carried] for carried in games[f"{name}_of"]]
        columns[f"{name}_names"] = labels
    return columns

"""What the page is made of, as plain data."""

import enum
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from charts.specs import WordCloud

Cell: TypeAlias = str | int | float | None


class Kind(enum.StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    PRECISE = "precise"  # with three decimals
    SHARE = "share"  # 0 to 1
    DOLLARS = "dollars"
    HOURS = "hours"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values: `name` is its key in plots and files, `title` what people read."""

    name: str
    title: str
    kind: Kind = Kind.COUNT


@dataclass(frozen=True, slots=True)
class Values:
    """Rows of values. The first column heads each row; None is unknown, which is not zero."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Values that speak for themselves; `name` is the table's address within the page."""

    name: str
    title: str
    values: Values
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """Values, how they are drawn, and what they say.

    Attributes:
        name: The plot's address within the page.
        title: What is shown.
        caption: How to read it, and what to look for.
        summary: What it says, with figures, for those who do not see it.
        values: What is drawn, and what the table and the file beside it hold.
        spec: A Vega-Lite specification over data called `rows`.
        derivation: How the page recomputes the values from the games that its filters let through; empty
            for values that no filter touches.
        zooms: Whether the axes can be narrowed.
        table_rows: How many rows the table on the page has at most; the file has all.
    """

    name: str
    title: str
    caption: str
    summary: str
    values: Values
    spec: dict[str, Any]
    derivation: dict[str, Any] = field(default_factory=dict)
    zooms: bool = False
    table_rows: int = 100


@dataclass(frozen=True, slots=True)
class Picture:
    """A word cloud, drawn once, and the sentences on what it says."""

    spec: WordCloud
    summary: str


Block: TypeAlias = Plot | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A section; `name` is its address within the page."""

    name: str
    title: str
    blocks: tuple[Block, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One of the first sentences of the page, and the name of what shows it."""

    sentence: str
    shown_by: str


@dataclass(frozen=True, slots=True)
class Page:
    """The report.

    Attributes:
        facts: Names and values that stand in its head.
        generated: Whether the data are invented.
        findings: What to know first.
        sections: Everything else.
        games: The games that the filters of the page work on, by column; empty without any.
    """

    facts: tuple[tuple[str, str], ...]
    generated: bool
    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]
    games: dict[str, Any] = field(default_factory=dict)

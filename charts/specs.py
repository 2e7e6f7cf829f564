"""What a chart shows, worded and measured out: all that drawing needs, and nothing it must look up.

A spec is plain data, so that it can cross to the process that draws and so that its bytes say whether two
charts are the same.
"""

import enum
from typing import TypeAlias

import msgspec


class ColourRole(enum.StrEnum):
    """What a colour stands for; a theme says which colour that is."""

    ACCENT = "accent"
    CONTRAST = "contrast"
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Tick(msgspec.Struct, frozen=True):
    """A labelled value of an axis, in the axis's own unit."""

    value: float
    label: str


class ChartSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What every chart has: a title, a line that says what is counted, and the titles of both axes.

    `alt` is the sentence for those who cannot see it, with the main figures.
    """

    title: str
    alt: str
    filename: str = "chart.png"
    subtitle: str = ""
    x_title: str = ""
    y_title: str = ""


class Series(msgspec.Struct, frozen=True):
    """One part of every bar."""

    name: str
    values: tuple[float, ...]
    colour: ColourRole


class BarChart(ChartSpec, frozen=True, kw_only=True, tag=True):
    """Upright bars, one a label, with the series stacked; the ticks, two at least, span the axis.

    `bar_labels` stand above the bars. With `last_apart` the last bar does not continue the others (an unknown
    year).
    """

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...]
    bar_labels: tuple[str, ...] = ()
    last_apart: bool = False


class HorizontalBar(msgspec.Struct, frozen=True):
    """A horizontal bar, with its label on the left and its value in words on the right."""

    label: str
    value: float
    text: str


class HorizontalBarChart(ChartSpec, frozen=True, kw_only=True, tag=True):
    """Horizontal bars, one below the other, on an axis from 0."""

    bars: tuple[HorizontalBar, ...]
    colour: ColourRole = ColourRole.ACCENT


class Curve(msgspec.Struct, frozen=True):
    """A line through points; `dashed` for what is drawn to compare with."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    colour: ColourRole
    dashed: bool = False


class LineChart(ChartSpec, frozen=True, kw_only=True, tag=True):
    """Curves; the ticks, two at least on each axis, span it. A logarithmic axis starts above 0."""

    curves: tuple[Curve, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    log_x: bool = False
    log_y: bool = False


class Cell(msgspec.Struct, frozen=True):
    """A field of a heatmap; `strength` from -1 to 1 colours it."""

    text: str
    strength: float


class Heatmap(ChartSpec, frozen=True, kw_only=True, tag=True):
    """A table whose fields are coloured by their value."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


class Word(msgspec.Struct, frozen=True):
    """A word of a cloud, and how much of it there is, in any unit."""

    text: str
    weight: float


class WordCloud(ChartSpec, frozen=True, kw_only=True, tag=True):
    """Words, the larger the heavier; the heaviest comes first."""

    words: tuple[Word, ...]


Spec: TypeAlias = BarChart | HorizontalBarChart | LineChart | Heatmap | WordCloud

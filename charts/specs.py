"""What a picture shows, worded and measured out: all that drawing needs, and nothing it must look up.

A spec is plain data, so that it can cross to the process that draws and so that its bytes say whether two
pictures are the same.
"""

import enum
from typing import TypeAlias

import msgspec


class Tone(enum.StrEnum):
    """What a colour stands for; a theme says which colour that is."""

    ACCENT = "accent"
    CONTRAST = "contrast"
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Tick(msgspec.Struct, frozen=True):
    """A labelled place on an axis, in the axis's own unit."""

    at: float
    label: str


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """What every picture has: a title, a line that says what is counted, and the words of both axes.

    `alt` is the sentence for those who cannot see it, with the main figures.
    """

    title: str
    alt: str
    filename: str
    subtitle: str = ""
    x_title: str = ""
    y_title: str = ""


class Series(msgspec.Struct, frozen=True):
    """One part of every bar."""

    name: str
    values: tuple[float, ...]
    tone: Tone


class Bars(Picture, frozen=True, kw_only=True, tag=True):
    """Upright bars, one a label, with the series stacked.

    `tops` are words above the bars. With `apart` the last bar does not continue the others (an unknown year).
    """

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...]
    tops: tuple[str, ...] = ()
    apart: bool = False


class Row(msgspec.Struct, frozen=True):
    """A bar that lies, with words at both ends."""

    label: str
    value: float
    text: str


class Rows(Picture, frozen=True, kw_only=True, tag=True):
    """Bars that lie, one below the other, on an axis from 0."""

    rows: tuple[Row, ...]
    tone: Tone = Tone.ACCENT


class Curve(msgspec.Struct, frozen=True):
    """A line through points; `dashed` for what is drawn to compare with."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    tone: Tone
    dashed: bool = False


class Lines(Picture, frozen=True, kw_only=True, tag=True):
    """Curves; the ticks, two at least on each axis, span it. A logarithmic axis starts above 0."""

    curves: tuple[Curve, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    log_x: bool = False
    log_y: bool = False


class Cell(msgspec.Struct, frozen=True):
    """A field of a grid; `strength` from -1 to 1 colours it."""

    text: str
    strength: float


class Grid(Picture, frozen=True, kw_only=True, tag=True):
    """A table whose fields are coloured by their value."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


class Word(msgspec.Struct, frozen=True):
    """A word of a cloud, and how much of it there is, in any unit."""

    text: str
    weight: float


class Words(Picture, frozen=True, kw_only=True, tag=True):
    """A word cloud, the heaviest word first."""

    words: tuple[Word, ...]


Spec: TypeAlias = Bars | Rows | Lines | Grid | Words


class Order(msgspec.Struct, frozen=True):
    """A picture to draw: `theme` is the name of one, `scale` how many pixels there are to the unit.

    `shown_on` is "phone", where type must be large for the picture is small, or "page".
    """

    spec: Spec
    theme: str = "dark"
    scale: float = 1.0
    shown_on: str = "phone"


def encode(order: Order) -> bytes:
    """Return the bytes of an order; equal orders have equal bytes."""
    return msgspec.json.encode(order)


def decode(data: bytes) -> Order:
    """Return the order that `encode` wrote.

    Raises msgspec.DecodeError if `data` is none.
    """
    return msgspec.json.decode(data, type=Order)

"""The sheet that every picture is drawn on: its size, its title, its type."""

import io
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from charts.drawing.fonts import legible
from charts.drawing.themes import Theme
from charts.specs import Picture, Tone

# In units, which are pixels at scale 1.
WIDTH, HEIGHT = 800, 450
MARGIN = 24
# A label at the end of an axis may reach into the margin, up to here.
EDGE = 8

_UNITS_PER_INCH = 100
_POINTS_PER_UNIT = 72 / _UNITS_PER_INCH
_ELLIPSIS = "…"

Align = Literal["left", "center", "right"]
Stand = Literal["top", "center", "baseline", "bottom"]


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes of type in units; a long title may shrink to `least_title`."""

    title: int
    least_title: int
    body: int
    small: int


# Discord on a phone shows a picture about 290 pixels wide, so that type must read at a third of its size.
TYPES = {"phone": Type(35, 28, 26, 25), "page": Type(30, 24, 22, 20)}


class Canvas:
    """A figure of fixed size with its origin at the lower left, measured in units.

    `top` is the height up to which the picture itself may reach.
    """

    def __init__(self, theme: Theme, scale: float = 1.0, *, sizes: Type = TYPES["phone"]) -> None:
        self.theme = theme
        self.type = sizes
        self.scale = scale
        self.top: float = HEIGHT - MARGIN
        self.figure = Figure(
            figsize=(WIDTH / _UNITS_PER_INCH, HEIGHT / _UNITS_PER_INCH),
            dpi=_UNITS_PER_INCH * scale,
            facecolor=theme.background,
        )
        self._canvas = FigureCanvasAgg(self.figure)
        self._renderer: RendererAgg = self._canvas.get_renderer()  # type: ignore[no-untyped-call]

    def write_head(self, picture: Picture) -> None:
        """Write title and subtitle at the top left; the title may shrink a little before it is cut."""
        room, least = WIDTH - 2 * MARGIN, self.type.least_title
        sizes = range(self.type.title, least, -2)
        size = next((size for size in sizes if self.width(picture.title, size) <= room), least)
        self.write(MARGIN, self.top, self.fit(picture.title, room, size), size=size, stand="top")
        self.top -= self.type.title + 14
        if picture.subtitle:
            self.write(
                MARGIN,
                self.top,
                self.fit(picture.subtitle, room, self.type.small),
                size=self.type.small,
                colour=self.theme.muted,
                stand="top",
            )
            self.top -= self.type.small + 14

    def write_legend(self, entries: list[tuple[str, Tone]]) -> None:
        """Write what the colours stand for, in a row below the head."""
        x: float = MARGIN
        for name, tone in entries:
            self.box(x, self.top - self.type.small + 3, 18, 18, self.theme.of(tone))
            self.write(x + 26, self.top, name, size=self.type.small, stand="top")
            x += 26 + self.width(name, self.type.small) + 28
        self.top -= self.type.small + 16

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float | None = None,
        colour: str | None = None,
        align: Align = "left",
        stand: Stand = "baseline",
        turned: bool = False,
    ) -> None:
        """Write one line at a place in units, in the size of the body unless told; `turned` reads upwards."""
        self.figure.add_artist(
            self._text(
                text,
                size or self.type.body,
                x=x * self.scale,
                y=y * self.scale,
                color=colour or self.theme.ink,
                horizontalalignment=align,
                verticalalignment=stand,
                rotation=90 if turned else 0,
            )
        )

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle."""
        scale = self.scale
        self.figure.add_artist(
            Rectangle(
                (x * scale, y * scale),
                width * scale,
                height * scale,
                transform=None,
                facecolor=colour,
                linewidth=0,
            )
        )

    def rule(self, x: float, y: float, to_x: float, to_y: float, *, width: float = 1) -> None:
        """Draw a line of the grid."""
        xs, ys = (x * self.scale, to_x * self.scale), (y * self.scale, to_y * self.scale)
        self.figure.add_artist(
            Line2D(xs, ys, transform=None, color=self.theme.grid, linewidth=width, zorder=0)
        )

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """Return axes without frame, ticks or words, filling a rectangle."""
        rectangle = (x / WIDTH, y / HEIGHT, width / WIDTH, height / HEIGHT)
        axes = self.figure.add_axes(rectangle, frameon=False)
        axes.set_axis_off()
        return axes

    def width(self, text: str, size: float) -> float:
        """Return how wide `text` is, in units."""
        if not text:
            return 0
        drawn = self._text(text, size)
        drawn.set_figure(self.figure)
        return float(drawn.get_window_extent(self._renderer).width) / self.scale

    def fit(self, text: str, room: float, size: float) -> str:
        """Return `text`, cut with an ellipsis to at most `room` units."""
        if self.width(text, size) <= room:
            return text
        fits, too_long = 0, len(text)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self.width(text[:middle].rstrip() + _ELLIPSIS, size) <= room:
                fits = middle
            else:
                too_long = middle
        return text[:fits].rstrip() + _ELLIPSIS

    def png(self) -> bytes:
        """Return the picture, always the same bytes for the same drawing."""
        file = io.BytesIO()
        # The name and version of the library would change the bytes with every upgrade.
        self._canvas.print_png(file, metadata={"Software": None})  # type: ignore[no-untyped-call]
        return file.getvalue()

    def _text(self, text: str, size: float, **properties: Any) -> Text:
        shown, families = legible(text)
        # A dollar sign is a dollar sign, and no formula.
        return Text(
            **{"x": 0, "y": 0, **properties},
            text=shown,
            fontsize=size * _POINTS_PER_UNIT,
            fontfamily=families,
            parse_math=False,
            transform=None,
        )

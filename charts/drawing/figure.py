"""The figure of a chart: its size, its head, its axes, its style."""

import io

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from charts.drawing.style import Theme, TypeSizes, points
from charts.specs import ChartSpec, Tick

# In units, which are pixels at scale 1.
WIDTH, HEIGHT = 800, 450
MARGIN = 24
_FOOT = 16
_UNITS_PER_INCH = 100
_ELLIPSIS = "…"


class ChartFigure:
    """A Matplotlib figure with the head of a chart, and constrained layout for the axes below it.

    `top` is the height, in units from below, up to which axes may reach.
    """

    def __init__(self, theme: Theme, sizes: TypeSizes, scale: float) -> None:
        self.theme = theme
        self.sizes = sizes
        self.scale = scale
        self.top: float = HEIGHT - MARGIN
        self.figure = Figure(
            figsize=(WIDTH / _UNITS_PER_INCH, HEIGHT / _UNITS_PER_INCH), dpi=_UNITS_PER_INCH * scale
        )
        self._canvas = FigureCanvasAgg(self.figure)
        self._renderer: RendererAgg = self._canvas.get_renderer()  # type: ignore[no-untyped-call]

    def write_head(self, spec: ChartSpec) -> None:
        """Write title and subtitle at the top left; the title may shrink a little before it is cut."""
        room = WIDTH - 2 * MARGIN
        sizes = range(self.sizes.title, self.sizes.least_title - 1, -2)
        size = next((size for size in sizes if self.width(spec.title, size) <= room), self.sizes.least_title)
        self._write_line(self.fit(spec.title, room, size), size, self.theme.ink)
        self.top -= self.sizes.title + 14
        if spec.subtitle:
            self._write_line(self.fit(spec.subtitle, room), self.sizes.small, self.theme.muted)
            self.top -= self.sizes.small + 14

    def write_legend(self, axes: Axes, *, handle_length: float = 0.8) -> None:
        """Write what the colours stand for in a row below the head, if there is more than one."""
        handles, names = axes.get_legend_handles_labels()
        if len(handles) > 1:
            self.figure.legend(
                handles,
                names,
                loc="upper left",
                bbox_to_anchor=_shares(MARGIN, self.top + 4),
                ncols=len(names),
                handlelength=handle_length,
            )
            self.top -= self.sizes.small + 16

    def add_axes(self, spec: ChartSpec) -> Axes:
        """Return axes with the chart's titles; they and all their labels fill what is left below `top`."""
        axes = self.figure.add_subplot()
        axes.set_xlabel(self.fit(spec.x_title, 0.8 * WIDTH))
        axes.set_ylabel(self.fit(spec.y_title, 0.5 * HEIGHT))
        return axes

    def png(self) -> bytes:
        """Return the chart, always the same bytes for the same drawing."""
        left, bottom = _shares(MARGIN, _FOOT)
        width, height = _shares(WIDTH - 2 * MARGIN, self.top - _FOOT)
        self.figure.set_layout_engine(
            ConstrainedLayoutEngine(w_pad=0, h_pad=0, rect=(left, bottom, width, height))
        )
        file = io.BytesIO()
        # The name and version of the library would change the bytes with every upgrade.
        self._canvas.print_png(file, metadata={"Software": None})  # type: ignore[no-untyped-call]
        return file.getvalue()

    def width(self, text: str, size: float | None = None) -> float:
        """Return how wide `text` is, in units, in small type by default."""
        if not text:
            return 0
        drawn = Text(text=text, fontsize=points(size or self.sizes.small))
        drawn.set_figure(self.figure)
        return float(drawn.get_window_extent(self._renderer).width) / self.scale

    def fit(self, text: str, room: float, size: float | None = None) -> str:
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

    def _write_line(self, text: str, size: float, colour: str) -> None:
        x, y = _shares(MARGIN, self.top)
        self.figure.text(x, y, text, fontsize=points(size), color=colour, verticalalignment="top")


def set_y_ticks(axes: Axes, ticks: tuple[Tick, ...]) -> None:
    """Span the vertical axis from the first of the ticks to the last, with a grid line at each."""
    axes.set_yticks([tick.value for tick in ticks], labels=[tick.label for tick in ticks])
    axes.set_ylim(ticks[0].value, ticks[-1].value)
    axes.grid(axis="y")


def _shares(x: float, y: float) -> tuple[float, float]:
    """Return units as shares of the figure, in which Matplotlib places things on it."""
    return x / WIDTH, y / HEIGHT

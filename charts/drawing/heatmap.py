"""Tables with coloured fields."""

import numpy as np
from matplotlib.colors import to_hex, to_rgb

from charts.drawing.figure import MARGIN, WIDTH, ChartFigure
from charts.drawing.style import Theme
from charts.specs import Heatmap

_MOST_LABEL = 260
# The strongest field is mixed with this much of the background, so that its words stay readable.
_STRONGEST = 0.55


def draw_heatmap(figure: ChartFigure, spec: Heatmap) -> None:
    """Draw the heads of rows and columns, and every field with its words."""
    axes = figure.add_axes(spec)
    rows = [figure.fit(row, _MOST_LABEL) for row in spec.rows]
    room = (WIDTH - 2 * MARGIN - max(map(figure.width, rows)) - 12) / len(spec.columns) - 6
    colours = [[to_rgb(field_colour(figure.theme, cell.strength)) for cell in row] for row in spec.cells]
    axes.pcolormesh(np.array(colours), edgecolor=figure.theme.background, linewidth=1.5)
    axes.invert_yaxis()
    axes.xaxis.tick_top()
    axes.set_xticks(
        np.arange(len(spec.columns)) + 0.5, labels=[figure.fit(column, room) for column in spec.columns]
    )
    axes.set_yticks(np.arange(len(rows)) + 0.5, labels=rows, color=figure.theme.ink)
    for y, row in enumerate(spec.cells):
        for x, cell in enumerate(row):
            words = figure.fit(cell.text, room, figure.sizes.body)
            axes.text(x + 0.5, y + 0.5, words, horizontalalignment="center", verticalalignment="center")


def field_colour(theme: Theme, strength: float) -> str:
    """Return the background tinted towards positive or negative, by a strength from -1 to 1."""
    target = to_rgb(theme.positive if strength >= 0 else theme.negative)
    share = min(abs(strength), 1) * _STRONGEST
    red, green, blue = (
        share * colour + (1 - share) * ground
        for colour, ground in zip(target, to_rgb(theme.background), strict=True)
    )
    return to_hex((red, green, blue))

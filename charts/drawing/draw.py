"""Which module draws which spec."""

import warnings

import matplotlib

from charts.drawing.bars import draw_bars
from charts.drawing.figure import ChartFigure
from charts.drawing.fonts import families_for
from charts.drawing.grid import draw_grid
from charts.drawing.lines import draw_lines
from charts.drawing.rows import draw_rows
from charts.drawing.style import THEMES, TYPE_SIZES, rc_params
from charts.drawing.word_cloud import draw_words
from charts.specs import Bars, Grid, Lines, Order, Rows, encode


def draw(order: Order) -> bytes:
    """Return the PNG of an order: 800 by 450 pixels, times its scale. Equal orders give equal bytes.

    Raises KeyError if there is no theme, or nothing to show it on, of the order's name.
    """
    spec = order.spec
    theme, sizes = THEMES[order.theme], TYPE_SIZES[order.shown_on]
    style = rc_params(theme, sizes, families_for(encode(order).decode()))
    with matplotlib.rc_context(style), warnings.catch_warnings():
        # A character that no font has becomes a box.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = ChartFigure(theme, sizes, order.scale)
        figure.write_head(spec)
        match spec:
            case Bars():
                draw_bars(figure, spec)
            case Rows():
                draw_rows(figure, spec)
            case Lines():
                draw_lines(figure, spec)
            case Grid():
                draw_grid(figure, spec)
            case _:
                draw_words(figure, spec)
        return figure.png()

"""Which module draws which spec."""

from charts.drawing.bars import draw_bars
from charts.drawing.canvas import TYPES, Canvas
from charts.drawing.grid import draw_grid
from charts.drawing.lines import draw_lines
from charts.drawing.rows import draw_rows
from charts.drawing.themes import THEMES
from charts.drawing.word_cloud import draw_words
from charts.specs import Bars, Grid, Lines, Order, Rows


def draw(order: Order) -> bytes:
    """Return the PNG of an order: 800 by 450 pixels, times its scale. Equal orders give equal bytes.

    Raises KeyError if there is no theme, or nothing to show it on, of the order's name.
    """
    spec = order.spec
    canvas = Canvas(THEMES[order.theme], order.scale, sizes=TYPES[order.shown_on])
    canvas.write_head(spec)
    match spec:
        case Bars():
            draw_bars(canvas, spec)
        case Rows():
            draw_rows(canvas, spec)
        case Lines():
            draw_lines(canvas, spec)
        case Grid():
            draw_grid(canvas, spec)
        case _:
            draw_words(canvas, spec)
    return canvas.png()

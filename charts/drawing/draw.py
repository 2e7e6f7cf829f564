"""Which module draws which spec."""

import warnings

import matplotlib

from charts.drawing.bar_chart import draw_bar_chart
from charts.drawing.figure import ChartFigure
from charts.drawing.fonts import families_for
from charts.drawing.heatmap import draw_heatmap
from charts.drawing.horizontal_bar_chart import draw_horizontal_bar_chart
from charts.drawing.line_chart import draw_line_chart
from charts.drawing.style import THEMES, TYPE_SIZES, rc_params
from charts.drawing.word_cloud import draw_word_cloud
from charts.protocol import RenderRequest, encode
from charts.specs import BarChart, Heatmap, HorizontalBarChart, LineChart


def draw(request: RenderRequest) -> bytes:
    """Return the PNG of a request: 800 by 450 pixels, times its scale. Equal requests give equal bytes.

    Raises:
        NothingToDraw: If the chart would be empty.
        KeyError: If there is no theme, or nothing to show it on, of the request's name.
    """
    spec = request.spec
    theme, sizes = THEMES[request.theme], TYPE_SIZES[request.shown_on]
    style = rc_params(theme, sizes, families_for(encode(request).decode()))
    with matplotlib.rc_context(style), warnings.catch_warnings():
        # A character that no font has becomes a box.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = ChartFigure(theme, sizes, request.scale)
        figure.write_head(spec)
        match spec:
            case BarChart():
                draw_bar_chart(figure, spec)
            case HorizontalBarChart():
                draw_horizontal_bar_chart(figure, spec)
            case LineChart():
                draw_line_chart(figure, spec)
            case Heatmap():
                draw_heatmap(figure, spec)
            case _:
                draw_word_cloud(figure, spec)
        return figure.png()

"""Curves."""

from charts.drawing.figure import ChartFigure, set_y_ticks
from charts.specs import LineChart


def draw_line_chart(figure: ChartFigure, spec: LineChart) -> None:
    """Draw the curves over a grid, with a legend if there are several."""
    axes = figure.add_axes(spec)
    axes.set_xscale("log" if spec.log_x else "linear")
    axes.set_yscale("log" if spec.log_y else "linear")
    axes.minorticks_off()
    for curve in spec.curves:
        axes.plot(
            curve.x,
            curve.y,
            color=figure.theme.colour(curve.colour),
            linestyle=(0, (4, 3)) if curve.dashed else "-",
            label=curve.name,
        )
    set_y_ticks(axes, spec.y_ticks)
    axes.set_xticks([tick.value for tick in spec.x_ticks], labels=[tick.label for tick in spec.x_ticks])
    axes.set_xlim(spec.x_ticks[0].value, spec.x_ticks[-1].value)
    # Long enough for two dashes.
    figure.write_legend(axes, handle_length=1.8)

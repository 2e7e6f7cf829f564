"""Curves."""

from charts.drawing.figure import ChartFigure, set_y_ticks
from charts.specs import Lines


def draw_lines(figure: ChartFigure, spec: Lines) -> None:
    """Draw the curves over a grid, with a legend if there are several."""
    axes = figure.add_axes(spec)
    axes.set_xscale("log" if spec.log_x else "linear")
    axes.set_yscale("log" if spec.log_y else "linear")
    axes.minorticks_off()
    for curve in spec.curves:
        axes.plot(
            curve.x,
            curve.y,
            color=figure.theme.of(curve.tone),
            linestyle=(0, (4, 3)) if curve.dashed else "-",
            label=curve.name,
        )
    set_y_ticks(axes, spec.y_ticks)
    axes.set_xticks([tick.at for tick in spec.x_ticks], labels=[tick.label for tick in spec.x_ticks])
    axes.set_xlim(spec.x_ticks[0].at, spec.x_ticks[-1].at)
    # Long enough for two dashes.
    figure.write_legend(axes, handle_length=1.8)

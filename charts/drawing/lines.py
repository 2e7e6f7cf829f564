"""Curves."""

import math

from charts.drawing.canvas import EDGE, WIDTH, Canvas
from charts.drawing.plot import LABEL_GAP, frame_with_rules, write_x_title
from charts.specs import Lines, Tick


def draw_lines(canvas: Canvas, spec: Lines) -> None:
    """Draw the legend, the grid and the curves."""
    if len(spec.curves) > 1:
        canvas.write_legend([(curve.name, curve.tone) for curve in spec.curves])
    frame = frame_with_rules(
        canvas,
        spec.y_ticks,
        _shares(spec.y_ticks, logarithmic=spec.log_y),
        y_title=spec.y_title,
        with_x_title=bool(spec.x_title),
    )
    axes = canvas.axes(frame.x, frame.y, frame.width, frame.height)
    axes.set_xscale("log" if spec.log_x else "linear")
    axes.set_yscale("log" if spec.log_y else "linear")
    axes.set_xlim(spec.x_ticks[0].at, spec.x_ticks[-1].at)
    axes.set_ylim(spec.y_ticks[0].at, spec.y_ticks[-1].at)
    for curve in spec.curves:
        axes.plot(
            curve.x,
            curve.y,
            color=canvas.theme.of(curve.tone),
            linewidth=2.5,
            linestyle=(0, (4, 3)) if curve.dashed else "-",
        )
    for tick, share in zip(spec.x_ticks, _shares(spec.x_ticks, logarithmic=spec.log_x), strict=True):
        # The last label may reach into the margin a little.
        farthest = WIDTH - EDGE - canvas.width(tick.label, canvas.type.small) / 2
        canvas.write(
            min(frame.x + share * frame.width, farthest),
            frame.y - LABEL_GAP,
            tick.label,
            size=canvas.type.small,
            colour=canvas.theme.muted,
            align="center",
            stand="top",
        )
    write_x_title(canvas, frame, spec.x_title)


def _shares(ticks: tuple[Tick, ...], *, logarithmic: bool) -> tuple[float, ...]:
    """Return how far along the axis each tick lies, 0 to 1."""
    places = [math.log10(tick.at) if logarithmic else tick.at for tick in ticks]
    return tuple((place - places[0]) / (places[-1] - places[0]) for place in places)

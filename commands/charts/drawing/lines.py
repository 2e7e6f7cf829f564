"""Curves."""

from commands.charts.drawing.canvas import SMALL, Canvas
from commands.charts.drawing.plot import LABEL_GAP, frame_with_rules, write_x_title
from commands.charts.specs import Lines, Tick


def draw_lines(canvas: Canvas, spec: Lines) -> None:
    """Draw the legend, the grid and the curves."""
    if len(spec.curves) > 1:
        canvas.write_legend([(curve.name, curve.tone) for curve in spec.curves])
    frame = frame_with_rules(
        canvas,
        spec.y_ticks,
        _shares(spec.y_ticks),
        y_title=spec.y_title,
        with_x_title=bool(spec.x_title),
    )
    axes = canvas.axes(frame.x, frame.y, frame.width, frame.height)
    if spec.logarithmic:
        axes.set_xscale("log")
    for curve in spec.curves:
        colour = canvas.theme.of(curve.tone)
        style = (0, (4, 3)) if curve.dashed else "-"
        axes.plot(curve.x, curve.y, color=colour, linewidth=2.5, linestyle=style, clip_on=False)
    axes.set_xlim(spec.x_ticks[0].at, spec.x_ticks[-1].at)
    axes.set_ylim(spec.y_ticks[0].at, spec.y_ticks[-1].at)
    to_pixels = axes.transData.transform
    for tick in spec.x_ticks:
        x = float(to_pixels((tick.at, spec.y_ticks[0].at))[0]) / canvas.scale
        half = canvas.width(tick.label, SMALL) / 2
        x = min(x, frame.x + frame.width + SMALL - half)
        canvas.write(
            x,
            frame.y - LABEL_GAP,
            tick.label,
            size=SMALL,
            colour=canvas.theme.muted,
            align="center",
            stand="top",
        )
    write_x_title(canvas, frame, spec.x_title)


def _shares(ticks: tuple[Tick, ...]) -> tuple[float, ...]:
    low, high = ticks[0].at, ticks[-1].at
    return tuple((tick.at - low) / (high - low) for tick in ticks)

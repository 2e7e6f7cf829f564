"""Upright bars."""

import math
from dataclasses import dataclass

from charts.drawing.canvas import EDGE, WIDTH, Canvas
from charts.drawing.plot import LABEL_GAP, Frame, frame_with_rules, write_x_title
from charts.specs import Bars

# Widths in bars: of a bar itself, and of the gap before one that stands apart.
_BAR = 0.78
_GAP = 0.6
# Years are easiest to count on by these steps.
_STEPS = (1, 2, 5, 10, 20, 50)
_BETWEEN_LABELS = 12


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the bars stand: `centres` in units, `pitch` from one to the next."""

    frame: Frame
    pitch: float
    centres: tuple[float, ...]


def draw_bars(canvas: Canvas, spec: Bars) -> None:
    """Draw the legend, where there is more than one series, the grid, the bars and their words."""
    if len(spec.series) > 1:
        canvas.write_legend([(series.name, series.tone) for series in spec.series])
    if spec.tops:
        canvas.top -= canvas.type.small
    frame = frame_with_rules(
        canvas,
        spec.ticks,
        tuple(_share(spec, tick.at) for tick in spec.ticks),
        y_title=spec.y_title,
        with_x_title=bool(spec.x_title),
    )
    places = _places(frame, spec)
    totals = _draw_stacks(canvas, spec, places)
    _write_tops(canvas, spec, places, totals)
    _write_labels(canvas, spec, places)
    write_x_title(canvas, frame, spec.x_title)


def _share(spec: Bars, value: float) -> float:
    """Return how far up the axis a value lies, 0 to 1."""
    low, high = spec.ticks[0].at, spec.ticks[-1].at
    if spec.logarithmic:
        return math.log(max(value, low) / low) / math.log(high / low)
    return (value - low) / (high - low)


def _places(frame: Frame, spec: Bars) -> _Places:
    last = len(spec.labels) - 1
    gap = _GAP if spec.apart and last else 0
    pitch = frame.width / (len(spec.labels) + gap)
    centres = (
        frame.x + pitch * (place + 0.5 + (gap if place == last else 0)) for place in range(len(spec.labels))
    )
    return _Places(frame, pitch, tuple(centres))


def _draw_stacks(canvas: Canvas, spec: Bars, places: _Places) -> list[float]:
    """Draw the series one upon the other and return the value that each bar reaches."""
    frame, width = places.frame, places.pitch * _BAR
    reached = [0.0] * len(places.centres)
    for series in spec.series:
        colour = canvas.theme.of(series.tone)
        for place, value in enumerate(series.values):
            if not value:
                continue
            bottom = _share(spec, reached[place]) if reached[place] else 0.0
            reached[place] += value
            height = (_share(spec, reached[place]) - bottom) * frame.height
            x = places.centres[place] - width / 2
            canvas.box(x, frame.y + bottom * frame.height, width, height, colour)
    return reached


def _write_tops(canvas: Canvas, spec: Bars, places: _Places, totals: list[float]) -> None:
    """Write the words above the bars, unless they would run into each other."""
    widest = max((canvas.width(top, canvas.type.small) for top in spec.tops), default=0)
    if widest > places.pitch:
        return
    for top, centre, total in zip(spec.tops, places.centres, totals, strict=False):
        share = _share(spec, total) if total else 0
        canvas.write(
            centre,
            places.frame.y + share * places.frame.height + 6,
            top,
            size=canvas.type.small,
            align="center",
        )


def _write_labels(canvas: Canvas, spec: Bars, places: _Places) -> None:
    """Write every label, or, where they would run into each other, every second, fifth, ... round one."""
    widths = [canvas.width(label, canvas.type.small) for label in spec.labels]
    widest = max(widths) + _BETWEEN_LABELS
    step = next((step for step in _STEPS if step * places.pitch >= widest), _STEPS[-1])
    last = len(spec.labels) - 1
    in_sequence = last - 1 if spec.apart else last
    first = int(spec.labels[0]) if spec.labels[0].isdecimal() else 0
    shown = {place for place in range(in_sequence + 1) if (first + place) % step == 0}
    if spec.apart:
        free_from = places.centres[last] - widths[last] / 2 - _BETWEEN_LABELS
        shown = {place for place in shown if places.centres[place] + widths[place] / 2 <= free_from}
        shown.add(last)
    for place in sorted(shown):
        farthest = WIDTH - EDGE - widths[place] / 2
        canvas.write(
            min(places.centres[place], farthest),
            places.frame.y - LABEL_GAP,
            spec.labels[place],
            size=canvas.type.small,
            colour=canvas.theme.muted,
            align="center",
            stand="top",
        )

"""Upright bars."""

import numpy as np

from charts.drawing.figure import MARGIN, WIDTH, ChartFigure, set_y_ticks
from charts.drawing.style import points
from charts.specs import BarChart

# Widths in bars: of a bar itself, and of the gap before one that stands apart.
_BAR = 0.78
_GAP = 0.6
# Years are easiest to count on by these steps.
_STEPS = (1, 2, 5, 10, 20, 50)
_BETWEEN_LABELS = 12
_AFTER_LABELS = 10
_BETWEEN_BAR_LABELS = 4
_BELOW_AXIS = 14


def draw_bar_chart(figure: ChartFigure, spec: BarChart) -> None:
    """Draw the series stacked, with a label below and above each bar as far as there is room."""
    axes = figure.add_axes(spec)
    set_y_ticks(axes, spec.ticks)
    centres = np.arange(len(spec.labels), dtype=float)
    if spec.last_apart and len(centres) > 1:
        centres[-1] += _GAP
    axes.set_xlim(-0.5, centres[-1] + 0.5)
    pitch = _room(figure, spec) / (centres[-1] + 1)
    reached = np.zeros(len(centres))
    for series in spec.series:
        bars = axes.bar(
            centres,
            series.values,
            _BAR,
            bottom=reached,
            color=figure.theme.colour(series.colour),
            label=series.name,
        )
        reached += series.values
    labels = _labels_above(figure, spec, pitch)
    if labels:
        axes.bar_label(bars, labels, padding=4, fontsize=points(figure.sizes.small))
    # The first year would touch the 0 beside it.
    axes.tick_params(axis="x", pad=points(_BELOW_AXIS))
    shown = _labels_that_fit(figure, spec, pitch)
    axes.set_xticks(centres[shown], labels=[spec.labels[index] for index in shown])
    figure.write_legend(axes)


def _room(figure: ChartFigure, spec: BarChart) -> float:
    """Return how much of the width the labels of the vertical axis and its title leave, in units."""
    labels = max((figure.width(tick.label) for tick in spec.ticks), default=0) + _AFTER_LABELS
    title = figure.sizes.small + _AFTER_LABELS if spec.y_title else 0
    return WIDTH - 2 * MARGIN - labels - title


def _labels_above(figure: ChartFigure, spec: BarChart, pitch: float) -> tuple[str, ...]:
    """Return what stands above the bars, "88 %" without its space if need be; nothing where it collides."""
    narrow = tuple(label.replace("\N{NO-BREAK SPACE}", "") for label in spec.bar_labels)
    for labels in (spec.bar_labels, narrow):
        if labels and max(map(figure.width, labels)) + _BETWEEN_BAR_LABELS <= pitch:
            return labels
    return ()


def _labels_that_fit(figure: ChartFigure, spec: BarChart, pitch: float) -> list[int]:
    """Return the indices of all labels or, where these would collide, of every second, fifth, ... one."""
    widest = max(map(figure.width, spec.labels)) + _BETWEEN_LABELS
    step = next((step for step in _STEPS if step * pitch >= widest), _STEPS[-1])
    last = len(spec.labels) - 1
    first = int(spec.labels[0]) if spec.labels[0].isdecimal() else 0
    shown = [index for index in range(last + 1) if (first + index) % step == 0]
    if spec.last_apart:
        shown = [index for index in shown if (last - index + _GAP) * pitch >= widest] + [last]
    return shown

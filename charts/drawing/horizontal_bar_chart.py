"""Horizontal bars."""

import numpy as np

from charts.drawing.figure import ChartFigure
from charts.specs import HorizontalBarChart

_MOST_LABEL = 300
# Fewer bars leave room below, rather than becoming thicker.
_LEAST_BARS = 5
# What is more than nothing has a bar that can be seen, as a share of the longest.
_LEAST_BAR = 0.006


def draw_horizontal_bar_chart(figure: ChartFigure, spec: HorizontalBarChart) -> None:
    """Draw each bar between its label and its text, all to the same scale from 0."""
    axes = figure.add_axes(spec)
    size = figure.sizes.body
    values = np.array([bar.value for bar in spec.bars])
    most = values.max() or 1
    lengths = np.where(values > 0, np.maximum(values, _LEAST_BAR * most), 0)
    drawn = axes.barh(np.arange(len(values)), lengths, 0.66, color=figure.theme.colour(spec.colour))
    axes.bar_label(drawn, [bar.text for bar in spec.bars], padding=7, color=figure.theme.muted)
    axes.set_xlim(0, most)
    axes.set_ylim(max(len(values), _LEAST_BARS) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks(
        np.arange(len(values)),
        labels=[figure.fit(bar.label, _MOST_LABEL, size) for bar in spec.bars],
        fontsize="medium",
        color=figure.theme.ink,
    )

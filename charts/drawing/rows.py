"""Bars that lie."""

import numpy as np

from charts.drawing.figure import ChartFigure
from charts.specs import Rows

_MOST_LABEL = 300
# Fewer rows leave room below, rather than becoming thicker.
_LEAST_ROWS = 5
# What is more than nothing has a bar that can be seen, as a share of the longest.
_LEAST_BAR = 0.006


def draw_rows(figure: ChartFigure, spec: Rows) -> None:
    """Draw a bar for each row between its label and its text, all to the same scale from 0."""
    axes = figure.add_axes(spec)
    size = figure.sizes.body
    values = np.array([row.value for row in spec.rows])
    most = values.max() or 1
    lengths = np.where(values > 0, np.maximum(values, _LEAST_BAR * most), 0)
    bars = axes.barh(np.arange(len(values)), lengths, 0.66, color=figure.theme.of(spec.tone))
    axes.bar_label(bars, [row.text for row in spec.rows], padding=7, color=figure.theme.muted)
    axes.set_xlim(0, most)
    axes.set_ylim(max(len(values), _LEAST_ROWS) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks(
        np.arange(len(values)),
        labels=[figure.fit(row.label, _MOST_LABEL, size) for row in spec.rows],
        fontsize="medium",
        color=figure.theme.ink,
    )

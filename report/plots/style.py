"""How all plots look. A colour that begins with `--` is one of the page's, light or dark as its reader's."""

from typing import Any

ACCENT = "--accent"
MUTED = "--mark"
INK = "--ink"
FAINT = "--muted"
GROUND = "--ground"
TONES = ("--negative", "--neutral", "--positive")
# What stands on each of these.
ON_TONES = ("--on-negative", "--on-neutral", "--on-positive")

# Whatever is drawn shows its row when it is pointed at.
TOOLTIP = {"content": "data"}


def config() -> dict[str, Any]:
    """Return what all specifications share."""
    axis = {
        "domainColor": "--line",
        "gridColor": "--line",
        "tickColor": "--line",
        "labelColor": FAINT,
        "titleColor": FAINT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelOverlap": True,
        "titlePadding": 8,
    }
    return {
        "background": None,
        "font": "system-ui, sans-serif",
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "legend": {
            "orient": "top",
            "title": None,
            "labelColor": INK,
            "labelFontSize": 12,
            "labelLimit": 300,
            "columnPadding": 14,
        },
        "text": {"color": INK, "fontSize": 13},
        # What a screen reader needs stands beside the plot: a summary and a table.
        "aria": False,
    }

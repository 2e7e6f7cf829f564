"""Bars, one below the other or side by side, and shares of a whole.

A row of data has its columns by name, and as the page writes them under `<name>_text`; `_row` is its place,
and `_unknown` tells that what heads it is not known.
"""

import json
from collections.abc import Sequence
from typing import Any

from report.blocks import Column
from report.plots.style import ACCENT, FAINT, GROUND, INK, MUTED, ON_TONES, TONES, TOOLTIP

Spec = dict[str, Any]

_STEP = 40
_ROWS = {"field": "_row", "type": "ordinal", "axis": None}
_VALUE_ROOM = 120
# Text fits into a part of a bar that is at least this share of the whole.
_LEAST_LABELLED = 0.12


def bars(label: Column, value: Column, *, note: Column | None = None) -> Spec:
    """Return lying bars from 0, each below its name, with its value (and `note`) on the right."""
    text = f"datum.{value.name}_text"
    return {
        "width": "container",
        "height": {"step": _STEP},
        "encoding": {"y": _ROWS},
        "layer": [
            {
                "mark": {"type": "bar", "height": 9, "yOffset": 9, "cornerRadius": 2, "tooltip": TOOLTIP},
                "encoding": {
                    "x": {"field": value.name, "type": "quantitative", "axis": None, "scale": {"zero": True}},
                    "color": _unless_unknown(ACCENT),
                },
            },
            _name_above(label),
            _on_the_right(text if note is None else f"{text} + ' · ' + datum.{note.name}_text"),
        ],
    }


def columns(label: Column, value: Column, *, reference: str = "") -> Spec:
    """Return upright bars from 0; the one whose label is unknown is of another colour.

    Args:
        label: What stands below each bar.
        value: How high each is.
        reference: The title of the horizontal axis.
    """
    return {
        "width": "container",
        "height": 260,
        "mark": {"type": "bar", "cornerRadiusEnd": 2, "tooltip": TOOLTIP},
        "encoding": {
            "x": _labels(label, reference),
            "y": {"field": value.name, "type": "quantitative", "title": value.title},
            "color": _unless_unknown(ACCENT),
        },
    }


def stacked_columns(label: Column, series: Sequence[Column], *, reference: str = "") -> Spec:
    """Return upright bars of parts in the colours of tones, from the first at the top."""
    return {
        "width": "container",
        "height": 260,
        "transform": _folded(series),
        "mark": {"type": "bar", "tooltip": TOOLTIP, "stroke": GROUND, "strokeWidth": 0.5},
        "encoding": {
            "x": _labels(label, reference),
            "y": {"field": "amount", "type": "quantitative", "title": None},
            "color": _series_colour(series, TONES),
            "order": {"field": "place", "type": "quantitative"},
        },
    }


def shares(label: Column, series: Sequence[Column], *, note: Column) -> Spec:
    """Return lying bars of shares that add up to one, each below its name, with a note on the right.

    A part says its own share where there is room, so that nobody has to tell colours apart.
    """
    on_colour = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": [one.name for one in series], "range": list(ON_TONES)},
        "legend": None,
    }
    middle = {
        "field": "amount",
        "type": "quantitative",
        "stack": "normalize",
        "bandPosition": 0.5,
        "axis": None,
    }
    return {
        "width": "container",
        "height": {"step": _STEP + 10},
        "encoding": {"y": _ROWS},
        # Each layer has a colour scale of its own: that of the text is for what it stands on.
        "resolve": {"scale": {"color": "independent"}},
        "layer": [
            {
                "transform": _folded(series),
                "mark": {"type": "bar", "height": 20, "yOffset": 9, "tooltip": TOOLTIP},
                "encoding": {
                    "x": {"field": "amount", "type": "quantitative", "stack": "normalize", "axis": None},
                    "color": _series_colour(series, TONES),
                    "order": {"field": "place", "type": "quantitative"},
                },
            },
            {
                "transform": [
                    *_folded(series),
                    {
                        "calculate": f"datum.amount < {_LEAST_LABELLED} ? ''"
                        " : round(100 * datum.amount) + '%'",
                        "as": "written",
                    },
                ],
                "mark": {"type": "text", "dy": 9, "fontSize": 12, "tooltip": TOOLTIP},
                "encoding": {
                    "x": middle,
                    "text": {"field": "written"},
                    "color": on_colour,
                    "detail": {"field": "series"},
                    "order": {"field": "place", "type": "quantitative"},
                },
            },
            _name_above(label),
            _on_the_right(f"datum.{note.name}_text"),
        ],
    }


def dumbbells(label: Column, one: Column, other: Column) -> Spec:
    """Return two points on a line for each row, of different shapes, below its name."""
    series = (one, other)
    return {
        "width": "container",
        "height": {"step": _STEP},
        "encoding": {"y": _ROWS},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 3, "color": "--line", "yOffset": 9},
                "encoding": {
                    "x": _share_axis(one.name),
                    "x2": {"field": other.name},
                },
            },
            {
                "transform": _folded(series),
                "mark": {
                    "type": "point",
                    "filled": True,
                    "size": 90,
                    "opacity": 1,
                    "yOffset": 9,
                    "tooltip": TOOLTIP,
                },
                "encoding": {
                    "x": _share_axis("amount"),
                    "color": _series_colour(series, (ACCENT, INK)),
                    "shape": {
                        "field": "series",
                        "type": "nominal",
                        "scale": {"domain": [column.name for column in series], "range": ["circle", "diamond"]},
                        "legend": _legend(series),
                    },
                },
            },
            _name_above(label),
            _on_the_right(f"datum.{one.name}_text + ' · ' + datum.{other.name}_text"),
        ],
    }


def _labels(label: Column, title: str) -> Spec:
    axis = {"labelAngle": 0, "title": title or None, "ticks": False}
    return {"field": f"{label.name}_text", "type": "nominal", "sort": {"field": "_row"}, "axis": axis}


def _name_above(label: Column) -> Spec:
    return {
        "mark": {
            "type": "text",
            "align": "left",
            "dy": -8,
            "limit": {"expr": f"width - {_VALUE_ROOM}"},
            "tooltip": TOOLTIP,
        },
        "encoding": {"x": {"value": 0}, "text": {"field": f"{label.name}_text"}},
    }


def _on_the_right(text: str) -> Spec:
    return {
        "transform": [{"calculate": text, "as": "_right"}],
        "mark": {"type": "text", "align": "right", "dy": -8, "color": FAINT},
        "encoding": {"x": {"value": "width"}, "text": {"field": "_right"}},
    }


def _unless_unknown(colour: str) -> Spec:
    return {"condition": {"test": "datum._unknown", "value": MUTED}, "value": colour}


def _folded(series: Sequence[Column]) -> list[Spec]:
    names = json.dumps([one.name for one in series])
    return [
        {"fold": [one.name for one in series], "as": ["series", "amount"]},
        {"calculate": f"indexof({names}, datum.series)", "as": "place"},
    ]


def _legend(series: Sequence[Column]) -> Spec:
    titles = json.dumps({one.name: one.title for one in series})
    return {"labelExpr": f"{titles}[datum.value]"}


def _series_colour(series: Sequence[Column], colours: Sequence[str]) -> Spec:
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": [one.name for one in series], "range": list(colours)},
        "legend": _legend(series),
    }


def _share_axis(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "scale": {"zero": True}, "axis": None}

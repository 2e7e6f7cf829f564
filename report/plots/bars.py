"""Bars, one below the other or side by side, and shares of a whole.

A row of data has its columns by name, and as the page writes them under `<name>_text`; `_row` is its place,
`_unknown` tells that what heads it is not known, and `_axis` is what stands below its bar.
"""

import json
from collections.abc import Sequence
from typing import Any

from report.blocks import Column, Kind
from report.plots.style import ACCENT, FAINT, GROUND, INK, MUTED, ON_TONES, TONES, TOOLTIP

Spec = dict[str, Any]

_STEP = 40
# On a phone there is no room for two beside each other.
_LEGEND_COLUMNS = "width < 400 ? 1 : 3"
_LINE = 16
_ROWS = {"field": "_row", "type": "ordinal", "axis": None}
# What a value on the right takes, in pixels.
_VALUE_ROOM = {Kind.COUNT: 70, Kind.NUMBER: 60, Kind.SHARE: 70, Kind.HOURS: 100}
_MOST_ROOM = 120
# Text fits into a part of a bar that is at least this share of the whole.
_LEAST_LABELLED = 0.12


def bars(label: Column, value: Column, *, note: Column | None = None, lines: int = 1) -> Spec:
    """Return lying bars from 0, each below its name, with its value (and `note`) on the right.

    A name of two `lines` is broken at " + ". Shares are drawn on an axis up to one.
    """
    text = f"datum.{value.name}_text"
    room = _VALUE_ROOM.get(value.kind, _MOST_ROOM) if note is None else _MOST_ROOM
    scale: Spec = {"zero": True, "nice": False}
    if value.kind is Kind.SHARE:
        scale["domain"] = [0, 1]
    return {
        "width": "container",
        "height": {"step": _STEP + _LINE * (lines - 1)},
        "encoding": {"y": _ROWS},
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "height": 9,
                    "yOffset": 9 + _LINE * (lines - 1) / 2,
                    "cornerRadius": 2,
                    "tooltip": TOOLTIP,
                },
                "encoding": {
                    "x": {"field": value.name, "type": "quantitative", "axis": None, "scale": scale},
                    "color": _unless_unknown(ACCENT),
                },
            },
            _name_above(label, room, lines),
            _on_the_right(text if note is None else f"{text} + ' · ' + datum.{note.name}_text", lines),
        ],
    }


def columns(value: Column, *, reference: str = "") -> Spec:
    """Return upright bars from 0; that of the unknown is of another colour, above a question mark.

    Args:
        value: How high each is.
        reference: The title of the horizontal axis.
    """
    return {
        "width": "container",
        "height": 260,
        "mark": {"type": "bar", "cornerRadiusEnd": 2, "tooltip": TOOLTIP},
        "encoding": {
            "x": _labels(reference),
            "y": _heights(value.name, value.title),
            "color": _unless_unknown(ACCENT),
        },
    }


def stacked_columns(series: Sequence[Column]) -> Spec:
    """Return upright bars of parts in the colours of tones, from the first at the top."""
    return {
        "width": "container",
        "height": 260,
        "transform": _folded(series),
        "mark": {"type": "bar", "tooltip": TOOLTIP, "stroke": GROUND, "strokeWidth": 0.5},
        "encoding": {
            "x": _labels(""),
            "y": _heights("amount", None),
            "color": _series_colour(series, TONES),
            "order": {"field": "place", "type": "quantitative"},
        },
    }


def shares(label: Column, series: Sequence[Column], *, note: Column) -> Spec:
    """Return lying bars of shares that add up to one, each below its name, with a note on the right.

    A part says its own share where there is room, so that nobody has to tell colours apart.
    """
    return {
        "width": "container",
        "height": {"step": _STEP + 14},
        "encoding": {"y": _ROWS},
        # Each layer has a colour scale of its own: that of the text is for what it stands on.
        "resolve": {"scale": {"color": "independent"}},
        "layer": [
            {
                "transform": _folded(series),
                "mark": {"type": "bar", "height": 20, "yOffset": 10, "tooltip": TOOLTIP},
                "encoding": {
                    "x": {"field": "amount", "type": "quantitative", "stack": "normalize", "axis": None},
                    "color": _series_colour(series, TONES),
                    "order": {"field": "place", "type": "quantitative"},
                },
            },
            _share_in_part(series),
            _name_above(label, _VALUE_ROOM[Kind.COUNT], raised=4),
            _on_the_right(f"datum.{note.name}_text", raised=4),
        ],
    }


def _share_in_part(series: Sequence[Column]) -> Spec:
    """Return the layer that writes into each part of a bar what share it is, where there is room."""
    written = f"datum.amount < {_LEAST_LABELLED} ? '' : round(100 * datum.amount) + '%'"
    return {
        "transform": [*_folded(series), {"calculate": written, "as": "written"}],
        "mark": {"type": "text", "dy": 10, "fontSize": 12, "tooltip": TOOLTIP},
        "encoding": {
            "x": {
                "field": "amount",
                "type": "quantitative",
                "stack": "normalize",
                "bandPosition": 0.5,
                "axis": None,
            },
            "text": {"field": "written"},
            "color": {
                "field": "series",
                "type": "nominal",
                "scale": {"domain": [one.name for one in series], "range": list(ON_TONES)},
                "legend": None,
            },
            "detail": {"field": "series"},
            "order": {"field": "place", "type": "quantitative"},
        },
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
                        "scale": {
                            "domain": [column.name for column in series],
                            "range": ["circle", "diamond"],
                        },
                        "legend": _legend(series),
                    },
                },
            },
            _name_above(label, _MOST_ROOM),
            _on_the_right(f"datum.{one.name}_text + ' · ' + datum.{other.name}_text"),
        ],
    }


def _labels(title: str) -> Spec:
    axis = {"labelAngle": 0, "labelPadding": 6, "title": title or None, "ticks": False}
    return {"field": "_axis", "type": "nominal", "sort": {"field": "_row", "op": "min"}, "axis": axis}


def _heights(field: str, title: str | None) -> Spec:
    return {"field": field, "type": "quantitative", "title": title, "axis": {"tickCount": 6}}


def _name_above(label: Column, room: int, lines: int = 1, raised: int = 0) -> Spec:
    return {
        "mark": {
            "type": "text",
            "align": "left",
            "dy": -8 - raised - _LINE * (lines - 1) / 2,
            "limit": {"expr": f"width - {room}"},
            "lineHeight": _LINE,
            "lineBreak": " + " if lines > 1 else "\n",
            "tooltip": TOOLTIP,
        },
        "encoding": {"x": {"value": 0}, "text": {"field": f"{label.name}_text"}},
    }


def _on_the_right(text: str, lines: int = 1, raised: int = 0) -> Spec:
    return {
        "transform": [{"calculate": text, "as": "_right"}],
        "mark": {
            "type": "text",
            "align": "right",
            "dy": -8 - raised + _LINE * (lines - 1) / 2,
            "color": FAINT,
        },
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
    return {"labelExpr": f"{titles}[datum.value]", "columns": {"expr": _LEGEND_COLUMNS}}


def _series_colour(series: Sequence[Column], colours: Sequence[str]) -> Spec:
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": [one.name for one in series], "range": list(colours)},
        "legend": _legend(series),
    }


def _share_axis(field: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": True, "nice": False, "padding": 8},
        "axis": None,
    }

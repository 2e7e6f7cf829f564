"""Plots over two axes: points, lines and fields."""

from collections.abc import Sequence
from typing import Any

from report.blocks import Column, Kind
from report.plots.style import ACCENT, FAINT, INK, TOOLTIP

Spec = dict[str, Any]

# Of a logarithmic axis only the powers of ten have a line across.
_IS_POWER = "abs(log(datum.value) / LN10 - round(log(datum.value) / LN10)) < 0.001"
_FORMATS = {Kind.SHARE: ".3~%", Kind.DOLLARS: "$,~r", Kind.YEAR: "d"}


def points(x: Column, y: Column, *, log_x: bool = False, log_y: bool = False) -> Spec:
    """Return a point for each row, over axes that can be narrowed."""
    return {
        "width": "container",
        "height": 340,
        "params": _limits(),
        "mark": {
            "type": "point",
            "filled": True,
            "size": 26,
            "opacity": 0.45,
            "color": ACCENT,
            "clip": True,
            "tooltip": TOOLTIP,
        },
        "encoding": {
            "x": _axis(x, "x", log=log_x, padding=8),
            "y": _axis(y, "y", log=log_y, padding=8),
        },
    }


def curve(x: Column, y: Column, *, log: bool = False, diagonal: str = "") -> Spec:
    """Return a line through the rows, over axes that can be narrowed.

    Args:
        x: The horizontal column.
        y: The vertical one.
        log: Whether both axes are logarithmic.
        diagonal: What to write beside a dashed line from corner to corner; none is drawn for "".
    """
    encoding = {"x": _axis(x, "x", log=log), "y": _axis(y, "y", log=log)}
    layers: list[Spec] = [
        {
            "mark": {"type": "line", "color": ACCENT, "strokeWidth": 2.5, "clip": True},
            "encoding": encoding,
        },
        # Invisible points with a tooltip, large enough to be hit by a pointer.
        {
            "mark": {
                "type": "point",
                "size": 220,
                "opacity": 0,
                "filled": True,
                "clip": True,
                "tooltip": TOOLTIP,
            },
            "encoding": encoding,
        },
    ]
    if diagonal:
        layers += _diagonal(diagonal)
    return {"width": "container", "height": 320, "params": _limits(), "layer": layers}


def _diagonal(written: str) -> list[Spec]:
    """Return a dashed line from corner to corner, and what is written beside it."""
    ends = {"values": [{"at": 0, "height": 0}, {"at": 1, "height": 1}]}
    middle = {"values": [{"at": 0.66, "height": 0.66, "written": written}]}
    place: Spec = {
        "x": {"field": "at", "type": "quantitative"},
        "y": {"field": "height", "type": "quantitative"},
    }
    return [
        {
            "data": ends,
            "mark": {"type": "line", "strokeDash": [4, 4], "color": FAINT, "clip": True},
            "encoding": place,
        },
        {
            "data": middle,
            "mark": {"type": "text", "align": "right", "dx": -8, "color": FAINT, "clip": True},
            "encoding": place | {"text": {"field": "written"}},
        },
    ]


def field(row: Column, column: Column, value: Column, order: Sequence[str]) -> Spec:
    """Return a field for each pair of names, with its value from -1 to 1 written into it."""
    return {
        "width": "container",
        "height": 44 * len(order),
        "encoding": {
            "x": _names(column, order, {"orient": "top", "labelAngle": 0, "domain": False, "ticks": False}),
            "y": _names(row, order, {}),
        },
        "layer": [
            {
                "mark": {"type": "rect", "tooltip": TOOLTIP, "stroke": "--ground", "strokeWidth": 2},
                "encoding": {
                    "color": {"value": ACCENT},
                    "opacity": {
                        "field": "_strength",
                        "type": "quantitative",
                        "scale": {"domain": [0, 1], "range": [0.04, 0.5]},
                        "legend": None,
                    },
                },
                "transform": [{"calculate": f"abs(datum.{value.name})", "as": "_strength"}],
            },
            {
                "mark": {"type": "text", "color": INK, "tooltip": TOOLTIP},
                "encoding": {"text": {"field": f"{value.name}_text"}},
            },
        ],
    }


def _names(column: Column, order: Sequence[str], axis: Spec) -> Spec:
    return {
        "field": f"{column.name}_text",
        "type": "nominal",
        "sort": list(order),
        "axis": {"title": None, "labelColor": INK, "labelOverlap": False, **axis},
    }


def _limits() -> list[Spec]:
    return [{"name": f"{axis}{end}", "value": None} for axis in "xy" for end in ("Min", "Max")]


def _axis(column: Column, channel: str, *, log: bool, padding: int = 0) -> Spec:
    """Return an axis that can be narrowed, and that goes `padding` pixels beyond the data."""
    axis: Spec = {"format": _FORMATS.get(column.kind, ",~r"), "tickCount": 6, "grid": True}
    scale: Spec = {
        "domainMin": {"expr": f"{channel}Min"},
        "domainMax": {"expr": f"{channel}Max"},
        "nice": False,
        "zero": False,
    }
    if padding:
        scale["padding"] = padding
    if log:
        scale = {name: value for name, value in scale.items() if name != "zero"} | {"type": "log"}
        axis["gridColor"] = {"condition": {"test": _IS_POWER, "value": "--line"}, "value": "transparent"}
    return {"field": column.name, "type": "quantitative", "title": column.title, "scale": scale, "axis": axis}

"""What all results share: how a notebook shows them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from html import escape
from typing import Any

# A notebook keeps what it shows, so that a list of thousands is cut.
_MOST_ROWS = 20
_MOST_CHARACTERS = 200


class Result:
    """The base of all results."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return the result as a small HTML table, as Jupyter asks for it."""
        return f"<div><b>{type(self).__name__}</b>{_block(self)}</div>"


def _block(value: Any) -> str:
    """Return a result as a table of its fields, and a list of results as a table of them."""
    if isinstance(value, tuple):
        return _list(value)
    return _table((_row((f"<th>{name}</th>", _cell(part))) for name, part in _parts(value)))


def _list(values: tuple[Any, ...]) -> str:
    if not values:
        return "<p>nothing</p>"
    head = _row(f"<th>{name}</th>" for name, _part in _parts(values[0]))
    rows = [_row(f"<td>{_inline(part)}</td>" for _name, part in _parts(one)) for one in values[:_MOST_ROWS]]
    return _table((head, *rows)) + _more(len(values))


def _cell(part: Any) -> str:
    """Return what a field has: results within a result as a table of their own."""
    has_table = _is_result(part) or (isinstance(part, tuple) and bool(part) and _is_result(part[0]))
    return f"<td>{_block(part) if has_table else _inline(part)}</td>"


def _inline(part: Any) -> str:
    """Return a value as a short text, escaped."""
    text = _text(part)
    return escape(text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…")


def _text(part: Any) -> str:
    match part:
        case None:
            text = "–"
        case Enum():
            text = str(part.value)
        case float():
            text = f"{part:.4g}"
        case Mapping():
            text = ", ".join(f"{key}: {_text(value)}" for key, value in part.items())
        case tuple():
            text = ", ".join(map(_text, part))
        case _ if _is_result(part):
            text = " · ".join(_text(value) for _name, value in _parts(part) if value is not None)
        case _:
            text = str(part)
    return text


def _is_result(value: Any) -> bool:
    return is_dataclass(value)


def _parts(result: Any) -> Iterator[tuple[str, Any]]:
    return ((field.name, getattr(result, field.name)) for field in fields(result))


def _table(rows: Iterable[str]) -> str:
    return f"<table>{''.join(rows)}</table>"


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _more(count: int) -> str:
    return f"<p>and {count - _MOST_ROWS} more</p>" if count > _MOST_ROWS else ""

"""Writes the description of the database, `docs/schema.md`, from the models; `make docs` runs it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Enum
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase

from store import frames
from store.dialect import VIEWS, ViewColumn
from store.models import Base
from store.user_data.models import UserDataBase

FILE = Path(__file__).parents[1] / "docs" / "schema.md"

_HEAD = """\
# The tables

`make docs` writes this page from the models (`store/models/`, `store/user_data/models.py`), the views and the
tables of `store/frames/`. Money is in US cents and playtime in minutes. An unknown is NULL, or 0 where a year
is part of a key; a 0 is a zero anywhere else. Arrays in a BLOB are little-endian, one item after another.
"""
_OF_PEOPLE = """\
# What people stored

It lies in a file of its own, `nextplay.people.sqlite3` beside the store: [people.md](people.md).
"""
_FRAMES = """\
# As DataFrames

What the functions of `store.frames` return and `nextplay export` writes: [analysis.md](analysis.md). Types
are those of pandas; an unknown is a missing value.
"""


def main() -> None:
    """Write the page."""
    FILE.write_text(render(), encoding="utf-8")


def render() -> str:
    """Return the page as it should be."""
    parts = [
        _HEAD,
        *_tables(Base),
        *(_section(view.name, view.doc, map(_view_row, view.columns)) for view in VIEWS),
        _OF_PEOPLE,
        *_tables(UserDataBase),
        _FRAMES,
        *(
            _section(f"frames.{table.name}", table.doc, map(_frame_row, table.columns))
            for table in frames.TABLES
        ),
    ]
    return "\n".join(parts)


def _tables(base: type[DeclarativeBase]) -> Iterator[str]:
    """Yield a section for each table, in the order of the models."""
    models = {mapper.local_table: mapper.class_ for mapper in base.registry.mappers}
    for table in base.metadata.tables.values():
        yield _section(table.name, _paragraphs(models[table]), map(_table_row, table.columns))


def _paragraphs(model: type) -> str:
    """Return the docstring of a model, a paragraph a line."""
    return "\n\n".join(" ".join(part.split()) for part in (model.__doc__ or "").split("\n\n"))


def _section(name: str, doc: str, rows: Iterable[tuple[str, str, str]]) -> str:
    lines = (f"| `{column}` | {kind} | {meaning} |" for column, kind, meaning in rows)
    return "\n".join([f"## {name}\n", f"{doc}\n", "| column | type | meaning |", "|---|---|---|", *lines, ""])


def _table_row(column: Column[Any]) -> tuple[str, str, str]:
    kind = column.type.compile(dialect=sqlite.dialect())
    kind += ", key" * column.primary_key + " or NULL" * bool(column.nullable)
    return column.name, kind, "; ".join(_meaning(column))


def _meaning(column: Column[Any]) -> Iterator[str]:
    """Yield what is to be said of a column."""
    yield from (f"`{key.target_fullname}`" for key in column.foreign_keys)
    if column.doc:
        yield column.doc
    if isinstance(column.type, Enum):
        yield f"one of {', '.join(column.type.enums)}"


def _view_row(column: ViewColumn) -> tuple[str, str, str]:
    return column.name, column.type, column.doc


def _frame_row(column: frames.Column) -> tuple[str, str, str]:
    return column.name, f"`{column.dtype}`", column.doc


if __name__ == "__main__":
    main()

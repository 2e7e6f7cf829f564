"""Reading exported tables back, with the types that they had."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas

from store.export.formats import TEXTS, Format
from store.export.formulas import unguarded
from store.frames import TABLES, Table


def read_table(file: Path) -> pandas.DataFrame:
    """Return an exported table as the function of its name in `store.frames` gave it.

    Args:
        file: One of the files of an export, by the name that it was given.

    Raises:
        ValueError: The name is not that of an exported table.
        OSError: The file cannot be read.
    """
    table = next((table for table in TABLES if table.name == file.stem), None)
    if table is None or file.suffix[1:] not in set(Format):
        raise ValueError(f"{file.name} is not the name of an exported table, such as games.csv.")
    return _read_csv(table, file) if file.suffix[1:] == Format.CSV else _read_parquet(table, file)


def _read_csv(table: Table, file: Path) -> pandas.DataFrame:
    columns = {column.name: column for column in table.columns}
    days = [name for name, column in columns.items() if column.dtype == "datetime64[s]"]
    lists = [name for name, column in columns.items() if column.dtype == "object"]
    texts = [name for name, column in columns.items() if column.dtype in TEXTS]
    read = pandas.read_csv(
        file,
        dtype={name: "string" if name in days + lists else column.dtype for name, column in columns.items()},
        # Only what may be missing is missing where it is empty; a text may be empty.
        keep_default_na=False,
        na_values={name: [""] for name, column in columns.items() if column.is_optional},
        encoding="utf-8",
    )
    return read.assign(
        **{name: pandas.to_datetime(read[name]).astype("datetime64[s]") for name in days},
        **{name: _tuples(map(json.loads, read[name])) for name in lists},
        **{name: unguarded(read[name]) for name in texts},
    )


def _read_parquet(table: Table, file: Path) -> pandas.DataFrame:
    read = pandas.read_parquet(file)
    others = {column.name: column.dtype for column in table.columns if column.dtype != "object"}
    lists = [column.name for column in table.columns if column.dtype == "object"]
    return read.astype(others).assign(**{name: _tuples(read[name]) for name in lists})


def _tuples(lists: Iterable[Iterable[str]]) -> "pandas.Series[Any]":
    return pandas.Series([tuple(one) for one in lists], dtype="object")

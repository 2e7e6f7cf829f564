"""The description of the database says what the tables, the view and the DataFrames are."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from store import Database
from store.dialect import VIEWS, View
from store.models import Base
from store.user_data.models import UserDataBase
from tools.schema_docs import FILE, render

COLUMNS = [
    pytest.param(column, id=f"{table.name}.{column.name}")
    for base in (Base, UserDataBase)
    for table in base.metadata.tables.values()
    for column in table.columns
]


def test_the_page_is_as_the_models_are() -> None:
    assert FILE.read_text(encoding="utf-8") == render(), "run `make docs`"


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_says_what_it_holds_and_what_null_means(column: Any) -> None:
    assert column.doc or column.foreign_keys
    assert not column.nullable or "NULL" in column.doc


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_has_the_columns_that_are_described(empty_files: Path, view: View) -> None:
    database = Database(empty_files / "nextplay.sqlite3")
    with database.reader() as session:
        columns = inspect(session.connection()).get_columns(view.name)
    database.close()
    assert [column["name"] for column in columns] == [column.name for column in view.columns]

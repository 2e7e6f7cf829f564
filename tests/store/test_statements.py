"""The statements that questions are asked by are written once, when their module is imported."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, TypeAlias

import pytest
from sqlalchemy import CompoundSelect, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from store import catalogue, names, queries, scoring
from store.dialect import Prepared

Statement: TypeAlias = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]


def _statements(package: ModuleType) -> Iterator[tuple[str, Statement]]:
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        for name, value in vars(import_module(found.name)).items():
            statement = value.statement if isinstance(value, Prepared) else value
            if isinstance(statement, Select | CompoundSelect):
                yield f"{found.name}.{name}", statement


@pytest.mark.parametrize(
    "package", [catalogue, names, queries, scoring], ids=lambda package: package.__name__
)
def test_no_statement_is_rewritten_whenever_it_is_asked(package: ModuleType) -> None:
    found = dict(_statements(package))
    compiled = {name: statement.compile(dialect=sqlite.dialect()) for name, statement in found.items()}
    rewritten = [
        name for name, one in compiled.items() if isinstance(one, SQLCompiler) and one.post_compile_params
    ]
    assert found
    assert rewritten == []

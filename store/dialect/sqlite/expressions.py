"""Expressions that other databases write in another way."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, TableValuedAlias, Text, bindparam, func, literal_column
from sqlalchemy.orm import InstrumentedAttribute

_VALUES = "table_values"


def values_table(parameter: str) -> TableValuedAlias:
    """Return many values as a table, in its column `value` and in their order; `values_param` gives them.

    It takes one parameter, since a list of a thousand in the statement takes longer to prepare than to look
    up, and SQLite takes at most 32,766.
    """
    return func.json_each(bindparam(parameter, type_=Text)).table_valued("value")


VALUES_TABLE = values_table(_VALUES)


def values_param(values: Sequence[int] | Sequence[str], parameter: str = _VALUES) -> dict[str, str]:
    """Return the parameters with which the table of `parameter`, or `VALUES_TABLE`, has these `values`."""
    return {parameter: json.dumps(values)}


def is_one_of(column: InstrumentedAttribute[Any], constants: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a column has one of some texts that are known when the module is imported.

    They are written in the statement itself: `in_` would have it rewritten whenever it is asked, which takes
    longer than to look up what is asked for.
    """
    written: list[ColumnElement[Any]] = [
        literal_column("'" + str(constant).replace("'", "''") + "'") for constant in constants
    ]
    return column.in_(written)


def joined(column: InstrumentedAttribute[int]) -> ColumnElement[str]:
    """Return the aggregate that joins the numbers of a column with commas into one text."""
    return func.group_concat(column, type_=Text)


def least(column: InstrumentedAttribute[int], most: int) -> ColumnElement[int]:
    """Return the value of `column`, or `most` where that is less."""
    return func.min(column, most, type_=Integer)

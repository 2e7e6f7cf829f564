"""Reading columns of whole numbers at once, without an object of Python for each row.

The database joins a column into one text, which takes a third of the time that millions of rows would.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import InstrumentedAttribute

from store.dialect import joined

Column = InstrumentedAttribute[int]


def read_columns(connection: Connection, key: Column, *others: Column) -> tuple[NDArray[np.int64], ...]:
    """Return columns of one table, none of which holds NULL, ordered by `key`."""
    texts = [joined(column) for column in others]
    rows = connection.execute(select(key, func.count(), *texts).group_by(key).order_by(key)).all()
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * (2 + len(others))
    keys, counts, *listed = columns
    return (
        np.repeat(np.array(keys, np.int64), np.array(counts, np.int64)),
        *(np.fromstring(",".join(texts), np.int64, sep=",") for texts in listed),
    )

"""Naming damage: a row whose values do not fit its table is reported as damaged."""

from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import RowDamaged, StoreError

# What values of another type or size than the table's lead to, as where a bit has flipped in a row.
_OF_DAMAGE = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)


@contextmanager
def naming_damage() -> Iterator[None]:
    """Raise RowDamaged where a row's values do not fit the table, as the block meets them.

    SQLite finds damaged pages by itself; it does not see values in a page that are of another type than the
    column, or rows that refer to nothing. What was met is the cause of the error, and the log has its trace.
    """
    try:
        yield
    except StoreError:
        raise
    except _OF_DAMAGE as error:
        raise RowDamaged(
            "A row of the database does not fit its table; restore a backup with `nextplay restore`,"
            " or move the file away and fill another with `nextplay refresh`."
        ) from error

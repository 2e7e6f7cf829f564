"""Naming damage: what a query cannot make sense of is a damaged row, where it asks for nothing impossible."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from store.errors import RowDamaged, WrongChoice

P = ParamSpec("P")
R = TypeVar("R")

# What values of another type or size than the table's lead to, as where a bit has flipped in a row.
_OF_DAMAGE = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)


def damage_named(query: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
    """Decorate a query so that a row whose values do not fit the table raises RowDamaged.

    SQLite finds damaged pages by itself; it does not see values in a page that are of another type than the
    column, or rows that refer to nothing. What was met is the cause of the error, and the log has its trace.
    """

    @wraps(query)
    def asked(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return query(session, *args, **kwargs)
        except WrongChoice:
            raise
        except _OF_DAMAGE as error:
            raise RowDamaged(
                "A row of the database does not fit its table; restore a backup with `nextplay restore`,"
                " or move the file away and fill another with `nextplay refresh`."
            ) from error

    return asked

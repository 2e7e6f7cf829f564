"""The boundary of the query layer: what every public query does before it asks the store anything."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from store.boundary.arguments import Converter, shown
from store.boundary.damage import naming_damage
from store.dialect import time_limit_of
from store.errors import WrongArgument

P = ParamSpec("P")
Answer = TypeVar("Answer")
Query = Callable[Concatenate[Session, P], Answer]


def question(**converters: Converter) -> Callable[[Query[P, Answer]], Query[P, Answer]]:
    """Make a function of a session, and of other arguments, a public query.

    Each argument is converted by the converter of its name, and whatever the query asks the store is one
    question to the reader's time limit. A query that another one asks is part of its question. What it cannot
    make sense of is a damaged row.
    """

    def guarded(query: Query[P, Answer]) -> Query[P, Answer]:
        signature = inspect.signature(query)
        parameters = list(signature.parameters)[1:]
        if parameters != list(converters):
            raise TypeError(f"{query.__name__} takes {parameters}, but {list(converters)} are converted.")

        @wraps(query)
        def ask(session: Session, *args: P.args, **kwargs: P.kwargs) -> Answer:
            if not isinstance(session, Session):
                raise WrongArgument(
                    f"A query takes a session first, as `Database.reader` gives it, not {shown(session)}."
                )
            count = min(len(args), len(parameters))
            # What there is too much of, Python itself refuses.
            in_order = [converters[name](value) for name, value in zip(parameters, args, strict=False)]
            by_name = {
                name: converters[name](value) if name in converters else value
                for name, value in kwargs.items()
            }
            # Here, so that a call with too few arguments is told from a damaged row.
            call = signature.bind(session, *in_order, *args[count:], **by_name)
            with naming_damage(), one_question(session):
                return query(*call.args, **call.kwargs)

        return ask  # type: ignore[return-value]  # a session by its name will do as well

    return guarded


@contextmanager
def one_question(session: Session, seconds: float | None = None) -> Iterator[None]:
    """Make all queries of the block one question, with the reader's time limit or this one.

    Within another question, and with a session that writes, it changes nothing.
    """
    limit = time_limit_of(session.connection())
    if limit is None or limit.in_question:
        yield
        return
    limit.begin_question(seconds)
    try:
        yield
    finally:
        limit.end_question()

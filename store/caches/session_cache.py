"""A cache of one reading session: it sees one state of the data for as long as it reads."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Value = TypeVar("Value")

# The key in a session's `info` of its cache.
_KEY = "nextplay.session_cache"


@dataclass(slots=True)
class _Cache:
    """What was computed within one transaction."""

    transaction: object = None
    values: dict[Hashable, Any] = field(default_factory=dict)


def caching_info() -> dict[Any, Any]:
    """Return the `info` with which a session that cannot write caches."""
    return {_KEY: _Cache()}


def cached(session: Session, key: Hashable, compute: Callable[[], Value]) -> Value:
    """Return what `compute` returns, computed once in a transaction of a session that cannot write.

    What it raises is not cached; neither is anything in a session made without `caching_info`.
    """
    cache: _Cache | None = session.info.get(_KEY)
    if cache is None:
        return compute()
    session.connection()  # begins the transaction where there is none
    transaction = session.get_transaction()
    if cache.transaction is not transaction:
        cache.transaction, cache.values = transaction, {}
    if key not in cache.values:
        cache.values[key] = compute()
    value: Value = cache.values[key]
    return value

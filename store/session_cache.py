"""What a reading session has found out already: it sees one state of the data for as long as it reads."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Found = TypeVar("Found")

_FOUND = "nextplay.found"


@dataclass(slots=True)
class _Memory:
    """What was found within a transaction, by what was looked for."""

    transaction: object = None
    found: dict[Hashable, Any] = field(default_factory=dict)


def remembering() -> dict[Any, Any]:
    """Return the `info` of a session that cannot write, for which `once` remembers."""
    return {_FOUND: _Memory()}


def once(session: Session, what: Hashable, find: Callable[[], Found]) -> Found:
    """Return what `find` finds, which is looked for once in a transaction of a session that cannot write.

    What it raises is not remembered.
    """
    memory: _Memory | None = session.info.get(_FOUND)
    if memory is None:
        return find()
    session.connection()  # begins the transaction where there is none
    transaction = session.get_transaction()
    if memory.transaction is not transaction:
        memory.transaction, memory.found = transaction, {}
    if what not in memory.found:
        memory.found[what] = find()
    found: Found = memory.found[what]
    return found

"""How long a reader's questions may take."""

import sqlite3
import time
from collections.abc import MutableMapping
from math import inf
from typing import Any

from sqlalchemy.engine import Connection

# How many steps of SQLite's virtual machine run between two looks at the clock.
_STEPS_PER_LOOK = 20_000
# The key in a connection's `info` of its time limit.
_KEY = "nextplay.time_limit"


class TimeLimit:
    """Interrupts what a connection runs too long: a question as a whole, or a statement that is part of none.

    Attributes:
        seconds: What a question, or such a statement, is allowed.
        allowed: What the last of them was allowed.
        in_question: Whether a question is being asked.
    """

    def __init__(self) -> None:
        self.seconds = inf
        self.allowed = inf
        self.in_question = False
        self._deadline = inf

    def attach(self, connection: sqlite3.Connection, info: MutableMapping[Any, Any]) -> None:
        """Watch a connection, whose `info` this is."""
        info[_KEY] = self
        connection.set_progress_handler(self._is_over, _STEPS_PER_LOOK)

    def begin_question(self, seconds: float | None = None) -> None:
        """Let the clock run for all that is asked until `end_question`."""
        self._restart(self.seconds if seconds is None else seconds)
        self.in_question = True

    def end_question(self) -> None:
        """Let the next statement have time of its own."""
        self.in_question = False
        self._deadline = inf

    def begin_statement(self) -> None:
        """Let the clock run for a statement, unless it is part of a question."""
        if not self.in_question:
            self._restart(self.seconds)

    def _restart(self, seconds: float) -> None:
        self.allowed = seconds
        self._deadline = time.monotonic() + seconds

    def _is_over(self) -> bool:
        return time.monotonic() > self._deadline


def time_limit_of(connection: Connection) -> TimeLimit | None:
    """Return the time limit of a reader's connection; None of one that writes."""
    limit: TimeLimit | None = connection.info.get(_KEY)
    return limit


def is_timeout(error: BaseException | None) -> bool:
    """Return whether `error` is how the driver reports an interrupted query."""
    return isinstance(error, sqlite3.OperationalError) and "interrupted" in str(error)

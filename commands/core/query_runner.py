"""Running queries of the store off the event loop."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from commands.core.executor import QueryExecutor
from store import Database
from store.questions import one_question

Result = TypeVar("Result")


class QueryRunner:
    """Runs queries of the store off the event loop, each within a time limit.

    Each query sees the data whole, and hardly older than the query: those of one short batch of the executor
    share a reader session.
    """

    def __init__(self, database: Database, executor: QueryExecutor) -> None:
        self._database = database
        self._executor = executor

    def run(self, query: Callable[[Session], Result], *, seconds: float = 5.0) -> asyncio.Future[Result]:
        """Run `query`, and return a future of what it finds or raises.

        Args:
            query: Reads the store by the session that it is given.
            seconds: After this time it is stopped.

        Raises:
            StoreError: (from the future) what `Database.reader` raises, such as QueryTimeout.
        """

        def limited(session: Session) -> Result:
            try:
                with one_question(session, seconds):
                    return query(session)
            finally:
                session.expunge_all()

        return self._executor.submit_in(self._database.reader, limited)

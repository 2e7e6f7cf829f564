"""Running queries of the store off the event loop."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from store.boundary.questions import one_question
from store.database import Database
from store.execution.executor import QueryExecutor
from store.people.audience import Audience

Result = TypeVar("Result")


class QueryRunner:
    """Runs queries of the store off the event loop, each within a time limit.

    Each query sees the data whole, and hardly older than the query: those of one short batch of the executor
    share a reader session, but never with the queries of another runner, which may be for another audience.
    """

    def __init__(
        self, database: Database, executor: QueryExecutor, audience: Audience = Audience.EVERYONE
    ) -> None:
        self._database = database
        self._executor = executor
        # Jobs with the same opener share a session: one object for each audience.
        self._reader = partial(database.reader, audience=audience)

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

        return self._executor.submit_in(self._reader, limited)

"""The store between two changes of its files: who is private in it, and what was answered from it."""

import asyncio
import contextlib
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from cachetools import LRUCache

from api.answers import StoredAnswer, make_etag
from store import Database, StoreError, queries
from store.errors import NoData
from store.execution.executor import QueryExecutor
from store.execution.query_runner import QueryRunner
from store.results import Provenance
from store.scoring.weights import preload_weights
from store.visibility import Visibility

# The change tokens of the store and of the user data.
Token: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
# The path of a request, and its query as it was sent.
AnswerKey: TypeAlias = tuple[str, bytes]

# Answers are kept up to this size in all; one that takes more than an eighth of it is not.
_BYTES_OF_ANSWERS = 32_000_000
_LARGEST_ANSWER = _BYTES_OF_ANSWERS // 8
_SECONDS_TO_LOOK = 5.0
# Reading the weights of all games takes a fraction of a second, more from a slow disk.
_SECONDS_TO_READ_AHEAD = 60.0
# Raise it where the same data are answered otherwise than before.
_FORM = 1


@dataclass(frozen=True, slots=True)
class StoreState:
    """The store as it is until its files change.

    Its `runner` opens sessions of its own, so that no question is answered from data older than the state.
    `answers` are those given so far; only the event loop's thread touches them.
    """

    token: Token
    etag: str
    visibility: Visibility
    provenance: Provenance
    runner: QueryRunner
    answers: "LRUCache[AnswerKey, StoredAnswer]"

    def keep(self, key: AnswerKey, answer: StoredAnswer) -> None:
        """Keep an answer for whoever asks the same again."""
        if answer.size <= _LARGEST_ANSWER:
            self.answers[key] = answer


class StoreStates:
    """Knows the state that the store is in, and notices when it is in another.

    All methods are for the event loop's own thread.
    """

    def __init__(self, database: Database, executor: QueryExecutor) -> None:
        """Prepare to look at `database`; nothing is opened yet."""
        self._database = database
        self._executor = executor
        self._state: StoreState | None = None
        self._loading: asyncio.Task[StoreState] | None = None
        self._reading_ahead: asyncio.Task[None] | None = None

    def known(self) -> StoreState | None:
        """Return the state, if nothing was written since it was looked at."""
        state = self._state
        return state if state is not None and state.token == self._token() else None

    async def current(self) -> StoreState:
        """Return the state, once it has been looked at. Raises what `Database.reader` raises."""
        state = self.known()
        if state is not None:
            return state
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load())
        # Those who come meanwhile wait for the same look, and hear the same error.
        return await asyncio.shield(self._loading)

    async def current_with_data(self) -> StoreState:
        """Return the state as `current` does.

        Raises:
            NoData: The store has never been filled.
        """
        state = await self.current()
        if state.provenance.refreshed_at is None:
            raise NoData
        return state

    def close(self) -> None:
        """Stop reading ahead."""
        for task in (self._loading, self._reading_ahead):
            if task is not None:
                task.cancel()

    def _token(self) -> Token:
        return self._database.change_token(), self._database.user_data.change_token()

    async def _load(self) -> StoreState:
        token = self._token()
        runner = QueryRunner(self._database, self._executor)
        provenance, visibility = await asyncio.gather(
            runner.run(queries.provenance, seconds=_SECONDS_TO_LOOK),
            self._executor.submit(partial(Visibility.load, self._database.user_data)),
        )
        private = None if visibility.private is None else sorted(visibility.private)
        etag = make_etag(_FORM, token[0], private)
        before = self._state
        answers = (
            before.answers
            if before is not None and before.etag == etag
            else LRUCache(_BYTES_OF_ANSWERS, getsizeof=lambda answer: answer.size)
        )
        self._state = StoreState(token, etag, visibility, provenance, runner, answers)
        self._read_ahead(runner)
        return self._state

    def _read_ahead(self, runner: QueryRunner) -> None:
        """Have the weights read, unless they are at it, so that no list waits for them."""
        if self._reading_ahead is None or self._reading_ahead.done():
            self._reading_ahead = asyncio.create_task(_preload(runner))


async def _preload(runner: QueryRunner) -> None:
    with contextlib.suppress(StoreError):  # whoever asks for a list hears of it
        await runner.run(preload_weights, seconds=_SECONDS_TO_READ_AHEAD)

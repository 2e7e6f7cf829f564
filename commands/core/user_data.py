"""What people stored through the bot, read and written off the event loop."""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from store import Database, user_data
from store.database import DatabaseFile
from store.executor import QueryExecutor
from store.user_data import Forgotten, LinkedPlayer, PrivateLinks, Settings

Result = TypeVar("Result")

# Little is stored, so that no read takes longer.
_SECONDS_TO_READ = 2.0
# With more servers and people than that in the cache, it is emptied.
_MOST_CACHED = 10_000


class UserDataRepository:
    """Reads and writes what people stored through the bot, off the event loop.

    Reading takes its turn with the queries of the store. Writing may have to wait for another writer, so it
    has a thread of its own. A refresh does not hold it up: user data are in another file.
    """

    def __init__(self, database: Database, executor: QueryExecutor) -> None:
        self._file = database.user_data
        self._executor = executor
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="user-data")
        self._cache: dict[Hashable, Any] = {}
        self._cached_at: object = None
        self._changes = 0

    async def guild_settings(self, guild_id: int) -> Settings:
        """Return the settings of a server. Raises what `UserDataFile.reader` raises."""
        return await self._cached_until_write(
            ("settings", guild_id), lambda session: user_data.server_settings(session, guild_id)
        )

    async def linked_player(self, discord_id: int) -> LinkedPlayer | None:
        """Return the player whom somebody is linked to. Raises what `UserDataFile.reader` raises."""
        return await self._cached_until_write(
            ("link", discord_id), lambda session: user_data.linked_player(session, discord_id)
        )

    async def private_links(self) -> PrivateLinks:
        """Return who keeps which player private. Raises what `UserDataFile.reader` raises."""
        return await self._cached_until_write("private links", user_data.private_links)

    async def hidden_games(self, discord_id: int) -> frozenset[int]:
        """Return the app ids that somebody hid. Raises what `UserDataFile.reader` raises."""
        return await self.read(lambda session: user_data.hidden_games(session, discord_id))

    async def _cached_until_write(self, key: Hashable, query: Callable[[Session], Result]) -> Result:
        """Return what nearly every command needs, from a cache that any change to the file empties.

        The file itself is looked at as well: a backup may be restored while the bot runs.
        """
        now = (self._changes, self._file.change_token())
        if now != self._cached_at or len(self._cache) > _MOST_CACHED:
            self._cache, self._cached_at = {}, now
        cache = self._cache
        if key not in cache:
            # If a change comes meanwhile, the result goes into the old cache, which nobody reads any more.
            cache[key] = await self.read(query)
        found: Result = cache[key]
        return found

    async def read(self, query: Callable[[Session], Result]) -> Result:
        """Return what `query` finds. Raises what it and `UserDataFile.reader` raise."""
        return await self._executor.submit(partial(_read, self._file, query, _SECONDS_TO_READ))

    async def write(self, change: Callable[[Session], Result]) -> Result:
        """Make a change, wholly or not at all. Raises what it and `UserDataFile.writer` raise."""
        return await self._run(partial(self._write, change))

    async def forget(self, discord_id: int) -> Forgotten:
        """Erase everything that names a Discord user. Raises DatabaseUnavailable."""
        return await self._run(partial(self._file.forget, discord_id))

    async def _run(self, work: Callable[[], Result]) -> Result:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._writer, work)
        finally:
            self._changes += 1

    def _write(self, change: Callable[[Session], Result]) -> Result:
        with self._file.writer() as session:
            return change(session)

    def close(self) -> None:
        """Drop the changes that have not begun; the one under way ends by itself."""
        self._writer.shutdown(wait=False, cancel_futures=True)


def _read(file: DatabaseFile, query: Callable[[Session], Result], seconds: float) -> Result:
    with file.reader(seconds=seconds) as session:
        return query(session)

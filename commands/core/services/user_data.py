"""What people stored through the bot, read and written off the event loop."""

import asyncio
import logging
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from store import Database, StoreError, user_data
from store.database import UserDatabase
from store.execution.executor import QueryExecutor
from store.people.taste import Taste
from store.user_data import (
    Forgotten,
    LinkedPlayer,
    OwnLibrary,
    PlayerLinks,
    Settings,
    Sharing,
    SteamAccount,
)
from store.visibility import Visibility

log = logging.getLogger(__name__)

Result = TypeVar("Result")

# Little is stored, so that no read takes longer.
_SECONDS_TO_READ = 2.0
# With more servers and people than that in the cache, it is emptied.
_MOST_CACHED = 10_000
# The delay before erased data are wiped from the file, where a reader or writer was in the way.
_SECONDS_TO_WIPE = 2.0


@dataclass(frozen=True, slots=True)
class StoredOfPerson:
    """What is stored of a Discord user and read together, since each reading takes a turn of its own.

    Attributes:
        account: The person's Steam account.
        player: The player of the data that the person linked.
        sharing: Who else is shown the person's profile.
        taste: The games that the person likes, and those not.
    """

    account: SteamAccount | None
    player: LinkedPlayer | None
    sharing: Sharing
    taste: Taste


class UserDataRepository:
    """Reads and writes what people stored through the bot, off the event loop.

    Reading takes its turn with the queries of the store. Writing may have to wait for another writer, so it
    has a thread of its own. A refresh does not hold it up: user data are in another file, or on a server.
    """

    def __init__(self, database: Database, executor: QueryExecutor) -> None:
        self._stored = database.user_data
        self._executor = executor
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="user-data")
        self._cache: dict[Hashable, Any] = {}
        self._cached_at: object = None
        self._changes = 0
        self._is_privacy_known = True
        self._closed = False
        self._next_wipe: asyncio.TimerHandle | None = None
        # The last day on which the activity of each person was written down.
        self._active_on: dict[int, date] = {}
        self._noting: set[asyncio.Future[None]] = set()

    async def guild_settings(self, guild_id: int) -> Settings:
        """Return the settings of a server. Raises what `UserDatabase.reader` raises."""
        return await self._cached_until_write(
            ("settings", guild_id), lambda session: user_data.server_settings(session, guild_id)
        )

    async def linked_player(self, discord_id: int) -> LinkedPlayer | None:
        """Return the player whom somebody is linked to. Raises what `UserDatabase.reader` raises."""
        return (await self.of_person(discord_id)).player

    async def steam_account(self, discord_id: int) -> SteamAccount | None:
        """Return the Steam account of somebody. Raises what `UserDatabase.reader` raises."""
        return (await self.of_person(discord_id)).account

    async def sharing(self, discord_id: int) -> Sharing:
        """Return who else is shown somebody's profile. Raises what `UserDatabase.reader` raises."""
        return (await self.of_person(discord_id)).sharing

    async def of_person(self, discord_id: int) -> StoredOfPerson:
        """Return what is read of somebody together. Raises what `UserDatabase.reader` raises."""
        return await self._cached_until_write(
            ("person", discord_id), lambda session: _of_person(session, discord_id)
        )

    async def own_library(self, discord_id: int) -> OwnLibrary | None:
        """Return the own library of somebody, read again. Raises what `UserDatabase.reader` raises."""
        return await self.read(lambda session: user_data.own_library(session, discord_id))

    async def own_games(self, discord_id: int) -> tuple[OwnLibrary | None, frozenset[int]]:
        """Return the own library of somebody, and the games that family members lend, read again.

        Raises what `UserDatabase.reader` raises.
        """
        return await self.read(
            lambda session: (
                user_data.own_library(session, discord_id),
                user_data.lent_games(session, discord_id),
            )
        )

    def note_activity(self, discord_id: int) -> None:
        """Write down, beside all else, that somebody asked by the own library today; once a day."""
        today = datetime.now(UTC).date()
        if self._active_on.get(discord_id) == today or self._closed:
            return
        if len(self._active_on) > _MOST_CACHED:
            self._active_on.clear()
        self._active_on[discord_id] = today
        noting = asyncio.ensure_future(self._note_activity(discord_id))
        self._noting.add(noting)
        noting.add_done_callback(self._noting.discard)

    async def _note_activity(self, discord_id: int) -> None:
        try:
            await self.write(lambda session: user_data.note_activity(session, discord_id))
        except StoreError as error:
            self._active_on.pop(discord_id, None)
            log.warning("That somebody asked by the own library is not written down: %s", error)

    async def player_links(self) -> PlayerLinks:
        """Return who is linked to which player. Raises what `UserDatabase.reader` raises."""
        return await self._cached_until_write("player links", user_data.player_links)

    async def visibility(self, viewer: int | None = None) -> Visibility:
        """Return which players may be shown to a Discord user; with None, to everybody at once. Never raises.

        Where what people stored cannot be read, no player may be shown, and the log says why.
        """
        try:
            links = await self.player_links()
        except StoreError as error:
            if self._is_privacy_known:
                log.error("No player is shown until it is known again who is private: %s", error)
            self._is_privacy_known = False
            return Visibility.unknown()
        if not self._is_privacy_known:
            log.info("Players are shown again: it is known who is private")
        self._is_privacy_known = True
        return Visibility.of(links, viewer)

    async def problem(self) -> str | None:
        """Return why what people stored cannot be used; None where all is well. Never raises."""
        return await self._executor.submit(self._stored.problem)

    async def hidden_games(self, discord_id: int) -> frozenset[int]:
        """Return the app ids that somebody hid. Raises what `UserDatabase.reader` raises."""
        return await self.read(lambda session: user_data.hidden_games(session, discord_id))

    async def unwanted_games(self, discord_id: int) -> frozenset[int]:
        """Return the app ids never to be suggested to somebody. Raises what `UserDataFile.reader` raises."""
        return await self.read(lambda session: user_data.unwanted_games(session, discord_id))

    async def _cached_until_write(self, key: Hashable, query: Callable[[Session], Result]) -> Result:
        """Return what nearly every command needs, from a cache that any change empties.

        Changes of other processes count as well: a backup may be restored while the bot runs.
        """
        now = (self._changes, self._stored.change_token())
        if now != self._cached_at or len(self._cache) > _MOST_CACHED:
            self._cache, self._cached_at = {}, now
        cache = self._cache
        if key not in cache:
            # If a change comes meanwhile, the result goes into the old cache, which nobody reads any more.
            cache[key] = await self.read(query)
        found: Result = cache[key]
        return found

    async def read(self, query: Callable[[Session], Result]) -> Result:
        """Return what `query` finds. Raises what it and `UserDatabase.reader` raise."""
        return await self._executor.submit(partial(_read, self._stored, query, _SECONDS_TO_READ))

    async def write(self, change: Callable[[Session], Result]) -> Result:
        """Make a change, wholly or not at all. Raises what it and `UserDatabase.writer` raise."""
        return await self._run(partial(self._write, change))

    async def forget(self, discord_id: int) -> Forgotten:
        """Erase everything that names a Discord user. Raises DatabaseUnavailable."""
        self._active_on.pop(discord_id, None)
        return await self._run(partial(self._stored.forget, discord_id))

    async def _run(self, work: Callable[[], Result]) -> Result:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._writer, work)
        finally:
            self._changes += 1
            self._wipe_later(loop)

    def _wipe_later(self, loop: asyncio.AbstractEventLoop) -> None:
        """See that what was erased is wiped out, where somebody read the file as it was written."""
        if self._next_wipe is None and not self._closed and self._stored.has_traces:
            self._next_wipe = loop.call_later(_SECONDS_TO_WIPE, self._wipe, loop)

    def _wipe(self, loop: asyncio.AbstractEventLoop) -> None:
        self._next_wipe = None
        if not self._closed:
            wiping = loop.run_in_executor(self._writer, self._stored.wipe)
            wiping.add_done_callback(lambda _: self._wipe_later(loop))

    def _write(self, change: Callable[[Session], Result]) -> Result:
        with self._stored.writer() as session:
            return change(session)

    def close(self) -> None:
        """Drop the changes that have not begun; the one under way ends by itself."""
        self._closed = True
        if self._next_wipe is not None:
            self._next_wipe.cancel()
        self._writer.shutdown(wait=False, cancel_futures=True)


def _of_person(session: Session, discord_id: int) -> StoredOfPerson:
    return StoredOfPerson(
        user_data.steam_account(session, discord_id),
        user_data.linked_player(session, discord_id),
        user_data.sharing_of(session, discord_id),
        user_data.taste_of(session, discord_id),
    )


def _read(stored: UserDatabase, query: Callable[[Session], Result], seconds: float) -> Result:
    with stored.reader(seconds=seconds) as session:
        return query(session)

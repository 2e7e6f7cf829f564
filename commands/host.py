"""What commands expect of the client that runs them."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

import discord
from discord import app_commands
from sqlalchemy.orm import Session

from commands.cooldowns import Cooldowns
from commands.pictures import Pictures
from commands.refresher import Refresher
from commands.shown import ShownLately
from commands.texts import Catalogues, Texts
from store import Database, StoreError, people
from store.people import Forgotten, Settings

log = logging.getLogger(__name__)

# What an interaction's extras remember.
_SETTINGS = "server settings"

# Of more servers than that the settings are read anew.
_MOST_SERVERS = 1_000

Result = TypeVar("Result")
Argument = TypeVar("Argument")


class Questions:
    """Asks the store, in threads of its own so that the event loop never waits for the disk.

    Each question opens a reader session and so sees the newest data, whole. They take turns, since Python
    runs one thread at a time: those that fight for it are all answered later than one after the other.
    """

    def __init__(self, database: Database, *, threads: int = 4, patience: float = 0.05) -> None:
        """Have as many `threads`, of which one asks; the others only where it takes `patience` seconds."""
        self._database = database
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="question")
        self._turn = threading.Lock()
        self._patience = patience

    def ask(self, query: Callable[[Session], Result], *, seconds: float = 5.0) -> asyncio.Future[Result]:
        """Return what `query` answers, once awaited; it may take `seconds`.

        Raises what the query and `Database.reader` raise.
        """
        return asyncio.get_running_loop().run_in_executor(self._threads, self._read, query, seconds)

    def _read(self, query: Callable[[Session], Result], seconds: float) -> Result:
        has_turn = self._turn.acquire(timeout=self._patience)
        try:
            with self._database.reader(seconds=seconds) as session:
                return query(session)
        finally:
            if has_turn:
                self._turn.release()

    def close(self) -> None:
        """Drop the questions that have not begun; those under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Ledger:
    """Reads and writes what people stored through the bot, in threads of its own.

    A refresh does not hold it up: people's own things are in another file.
    """

    def __init__(self, database: Database, *, threads: int = 2) -> None:
        self._people = database.people
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="ledger")
        self._settings: dict[int, Settings] = {}
        self._settings_as_of: object = None
        self._changes = 0

    async def settings(self, guild_id: int) -> Settings:
        """Return the settings of a server; every command asks for them, so they are kept until a change.

        Raises what `People.reader` raises.
        """
        now = (self._changes, self._people.mark())
        if now != self._settings_as_of or len(self._settings) > _MOST_SERVERS:
            self._settings, self._settings_as_of = {}, now
        kept = self._settings
        if guild_id not in kept:
            # What is read after a change that comes meanwhile goes to a dictionary that is let go of.
            kept[guild_id] = await self.read(lambda session: people.server_settings(session, guild_id))
        return kept[guild_id]

    async def read(self, query: Callable[[Session], Result]) -> Result:
        """Return what `query` finds. Raises what it and `People.reader` raise."""
        return await self._run(self._read, query)

    async def write(self, change: Callable[[Session], Result]) -> Result:
        """Make a change, wholly or not at all. Raises what it and `People.writer` raise."""
        try:
            return await self._run(self._write, change)
        finally:
            self._changes += 1

    async def forget(self, discord_id: int) -> Forgotten:
        """Erase everything that names a Discord user. Raises DatabaseUnavailable."""
        return await self._run(self._people.forget, discord_id)

    async def _run(self, work: Callable[[Argument], Result], argument: Argument) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, argument)

    def _read(self, query: Callable[[Session], Result]) -> Result:
        with self._people.reader(seconds=2.0) as session:
            return query(session)

    def _write(self, change: Callable[[Session], Result]) -> Result:
        with self._people.writer() as session:
            return change(session)

    def close(self) -> None:
        """Drop what has not begun; what is under way ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Services:
    """What commands work with.

    A command that has no answer after `defer_after` seconds (0: any command) tells Discord that it is at
    work; Discord gives up after three. Buttons work for `buttons_last` seconds after they were last pressed.
    """

    questions: Questions
    ledger: Ledger
    catalogues: Catalogues
    pictures: Pictures
    refresher: Refresher
    cooldowns: Cooldowns
    shown: ShownLately
    next_refresh: Callable[[], datetime | None]
    defer_after: float = 1.5
    buttons_last: float = 180.0


class Host(discord.Client):
    """A client with services and a command tree."""

    services: Services
    tree: app_commands.CommandTree[Any]

    async def failed(self, interaction: "Interaction", error: Exception) -> None:
        """Tell the person of an error outside a command, such as under a button."""
        raise NotImplementedError


Interaction: TypeAlias = discord.Interaction[Host]


async def learn_settings(interaction: Interaction) -> None:
    """Look up what the server's admins set, for `settings_of`, as an interaction begins. Never raises."""
    guild_id = interaction.guild_id
    if guild_id is None:
        return
    try:
        found = await interaction.client.services.ledger.settings(guild_id)
    except StoreError as error:
        log.error("The settings of a server cannot be read, so that it is answered quietly: %s", error)
        found = Settings(quiet={people.EVERY_CHANNEL: (people.EVERY_COMMAND,)})
    interaction.extras[_SETTINGS] = found


def settings_of(interaction: Interaction) -> Settings:
    """Return the settings of the server that the interaction is in; the defaults outside of one."""
    found: Settings = interaction.extras.get(_SETTINGS, Settings())
    return found


def texts_for(interaction: Interaction) -> Texts:
    """Return the texts in the person's language, else in the one set for the server, else in the server's."""
    server = interaction.guild_locale
    return interaction.client.services.catalogues.texts(
        interaction.locale.value, settings_of(interaction).locale, None if server is None else server.value
    )

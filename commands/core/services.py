"""What commands expect of the client that runs them."""

import asyncio
import logging
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias, TypeVar

import discord
from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.cooldowns import Cooldowns
from commands.core.executor import Turns
from commands.core.late_charts import Pictures
from commands.core.recently_shown import ShownLately
from commands.core.refresher import Refresher
from localization.translations import Catalogues, Texts
from store import Database, StoreError, user_data
from store.database import DatabaseFile
from store.user_data import Forgotten, LinkedPlayer, PrivateLinks, Settings

log = logging.getLogger(__name__)

# What an interaction's extras remember.
_SETTINGS = "server settings"

# What people stored is little.
_SECONDS_TO_READ = 2.0
# Of more servers and people than that, what they stored is read anew.
_MOST_KEPT = 10_000

Result = TypeVar("Result")


class Questions:
    """Asks the store off the event loop, which so never waits long for the disk.

    Each question sees the data whole, and hardly older than the question: those of one short stretch of
    `Turns` share a reader session.
    """

    def __init__(self, database: Database, turns: Turns) -> None:
        """Ask when it is a question's turn."""
        self._database = database
        self._turns = turns
        self._around = database.reader

    def ask(self, query: Callable[[Session], Result], *, seconds: float = 5.0) -> asyncio.Future[Result]:
        """Return what `query` answers, once awaited; it may take `seconds`.

        Raises what the query and `Database.reader` raise.
        """

        def asked(session: Session) -> Result:
            self._database.limit_time(session, seconds)
            try:
                return query(session)
            finally:
                session.expunge_all()

        return self._turns.take_within(self._around, asked)


def _read(file: DatabaseFile, query: Callable[[Session], Result], seconds: float) -> Result:
    with file.reader(seconds=seconds) as session:
        return query(session)


class Ledger:
    """Reads and writes what people stored through the bot, off the event loop.

    It is read in turn with the questions. Writing may have to wait for another writer, so it has a thread of
    its own. A refresh does not hold it up: people's own things are in another file.
    """

    def __init__(self, database: Database, turns: Turns) -> None:
        """Read when it is a reading's turn."""
        self._people = database.user_data
        self._turns = turns
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="ledger")
        self._kept: dict[Hashable, Any] = {}
        self._kept_as_of: object = None
        self._changes = 0

    async def settings(self, guild_id: int) -> Settings:
        """Return the settings of a server. Raises what `UserDataFile.reader` raises."""
        return await self._until_changed(
            ("settings", guild_id), lambda session: user_data.server_settings(session, guild_id)
        )

    async def linked_player(self, discord_id: int) -> LinkedPlayer | None:
        """Return the player whom somebody is linked to. Raises what `UserDataFile.reader` raises."""
        return await self._until_changed(
            ("link", discord_id), lambda session: user_data.linked_player(session, discord_id)
        )

    async def private_links(self) -> PrivateLinks:
        """Return who keeps which player private. Raises what `UserDataFile.reader` raises."""
        return await self._until_changed("private links", user_data.private_links)

    async def _until_changed(self, what: Hashable, query: Callable[[Session], Result]) -> Result:
        """Return what nearly every command asks for; it is kept until anything is changed."""
        now = (self._changes, self._people.change_token())
        if now != self._kept_as_of or len(self._kept) > _MOST_KEPT:
            self._kept, self._kept_as_of = {}, now
        kept = self._kept
        if what not in kept:
            # What is read after a change that comes meanwhile goes to a dictionary that is let go of.
            kept[what] = await self.read(query)
        found: Result = kept[what]
        return found

    async def read(self, query: Callable[[Session], Result]) -> Result:
        """Return what `query` finds. Raises what it and `UserDataFile.reader` raise."""
        return await self._turns.take(partial(_read, self._people, query, _SECONDS_TO_READ))

    async def write(self, change: Callable[[Session], Result]) -> Result:
        """Make a change, wholly or not at all. Raises what it and `UserDataFile.writer` raise."""
        return await self._run(partial(self._write, change))

    async def forget(self, discord_id: int) -> Forgotten:
        """Erase everything that names a Discord user. Raises DatabaseUnavailable."""
        return await self._run(partial(self._people.forget, discord_id))

    async def _run(self, work: Callable[[], Result]) -> Result:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._writer, work)
        finally:
            self._changes += 1

    def _write(self, change: Callable[[Session], Result]) -> Result:
        with self._people.writer() as session:
            return change(session)

    def close(self) -> None:
        """Drop the changes that have not begun; the one under way ends by itself."""
        self._writer.shutdown(wait=False, cancel_futures=True)


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
        found = Settings(quiet={user_data.EVERY_CHANNEL: (user_data.EVERY_COMMAND,)})
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

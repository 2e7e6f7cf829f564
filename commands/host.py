"""What commands expect of the client that runs them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

import discord
from discord import app_commands
from sqlalchemy.orm import Session

from commands.refresher import Refresher
from commands.texts import Catalogues, Texts
from store import Database

Result = TypeVar("Result")


class Questions:
    """Asks the store, in threads of its own so that the event loop never waits for the disk.

    Each question opens a reader session and so sees the newest data, whole.
    """

    def __init__(self, database: Database, *, threads: int = 4) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="question")

    async def ask(self, query: Callable[[Session], Result], *, seconds: float = 5.0) -> Result:
        """Return what `query` answers; it may take `seconds`.

        Raises what the query and `Database.reader` raise.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, query, seconds)

    def _read(self, query: Callable[[Session], Result], seconds: float) -> Result:
        with self._database.reader(seconds=seconds) as session:
            return query(session)

    def close(self) -> None:
        """Drop the questions that have not begun; those under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Services:
    """What commands work with.

    A command that has no answer after `defer_after` seconds tells Discord that it is at work; Discord gives
    up after three.
    """

    questions: Questions
    catalogues: Catalogues
    refresher: Refresher
    next_refresh: Callable[[], datetime | None]
    defer_after: float = 1.5


class Host(discord.Client):
    """A client with services and a command tree."""

    services: Services
    tree: app_commands.CommandTree[Any]


Interaction: TypeAlias = discord.Interaction[Host]


def texts_for(interaction: Interaction) -> Texts:
    """Return the texts in the person's language, else in the server's."""
    server = interaction.guild_locale
    return interaction.client.services.catalogues.texts(
        interaction.locale.value, None if server is None else server.value
    )

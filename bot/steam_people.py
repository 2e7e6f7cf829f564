"""What the bot does with Steam for people: asks for their libraries, lets them sign in, keeps both going."""

import asyncio
from contextlib import AsyncExitStack

from bot.library_refresh import LibraryRefresh
from bot.sign_in.server import served
from bot.sign_in.service import SteamSignIns
from bot.steam_options import SteamPeopleOptions
from commands.core.user_data import UserDataRepository
from localization.translations import Locales
from steam.accounts import AskedAccounts
from steam.client import SteamClient


class SteamPeople:
    """Asks Steam for people, and lets them sign in, for as long as the bot serves."""

    def __init__(self, options: SteamPeopleOptions, locales: Locales) -> None:
        """Prepare; nothing is opened yet."""
        self._options = options
        has_key = options.key is not None
        self.accounts = AskedAccounts(SteamClient(options.api_host, options.key)) if has_key else None
        self.sign_ins = None if options.sign_in is None else SteamSignIns(options.sign_in, locales)
        self._open = AsyncExitStack()

    async def start(self, repository: UserDataRepository) -> None:
        """Serve the pages, and begin to keep libraries fresh.

        Raises:
            SignInPortTaken: The pages cannot be served.
        """
        if self.accounts is not None:
            self._open.push_async_callback(self.accounts.close)
        if self.sign_ins is not None and self._options.sign_in is not None:
            await self._open.enter_async_context(served(self.sign_ins, self._options.sign_in))
        refreshing = asyncio.create_task(
            LibraryRefresh(repository, self.accounts).run(), name="own libraries"
        )
        self._open.push_async_callback(_cancel, refreshing)

    async def close(self) -> None:
        """Stop all of it."""
        await self._open.aclose()


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

"""What the bot does with Steam for people: asks for libraries, keeps them fresh, lets people sign in."""

from contextlib import AsyncExitStack

from bot.library_refresh import LibraryRefresh
from bot.sign_in.server import served
from bot.sign_in.service import SteamSignIns
from bot.steam_options import SteamPeopleOptions
from commands.core.services.user_data import UserDataRepository
from localization.translations import Locales
from steam.accounts import AskedAccounts
from steam.client import SteamClient
from steam.wishlists import AskedWishlists


class SteamPeople:
    """Asks Steam for people, and lets them sign in, for as long as the bot serves."""

    def __init__(self, options: SteamPeopleOptions, locales: Locales, repository: UserDataRepository) -> None:
        """Prepare; nothing is opened yet."""
        self._options = options
        self._repository = repository
        self._client = SteamClient(options.api_host, options.key)
        self.accounts = None if options.key is None else AskedAccounts(self._client)
        self.wishlists = AskedWishlists(self._client)
        self.sign_ins = None if options.sign_in is None else SteamSignIns(options.sign_in, locales)
        self._open = AsyncExitStack()

    async def start(self) -> None:
        """Serve the pages.

        Raises:
            SignInPortTaken: The pages cannot be served.
        """
        self._open.push_async_callback(self._client.close)
        if self.sign_ins is not None and self._options.sign_in is not None:
            await self._open.enter_async_context(served(self.sign_ins, self._options.sign_in))

    async def refresh_libraries(self) -> None:
        """Keep libraries fresh, as one process of a bot does. Ends when cancelled."""
        await LibraryRefresh(self._repository, self.accounts).run()

    async def close(self) -> None:
        """Stop all of it."""
        await self._open.aclose()

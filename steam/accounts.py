"""People's accounts and libraries, as the bot asks Steam for them."""

import asyncio

from steam import libraries
from steam.client import SteamClient
from store.names.steam_ids import read_account_name
from store.steam_protocols import NoSuchAccount, SteamUnavailable
from store.user_data import LibraryAnswer, LibraryState


class AskedAccounts:
    """Asks Steam about accounts; see `store.steam_protocols.SteamAccounts`."""

    def __init__(self, client: SteamClient) -> None:
        """Ask by a client that has a key."""
        self._client = client

    async def find(self, text: str) -> int:
        """Return the SteamID64 of whom `text` names. Raises NoSuchAccount and SteamUnavailable."""
        name = read_account_name(text)
        if name.steam_id is not None and (name.is_sure or await self._exists(name.steam_id)):
            return name.steam_id
        found = None
        if name.vanity is not None:
            found = libraries.account_of_vanity(await self._client.ask(libraries.vanity(name.vanity)))
        if found is None:
            raise NoSuchAccount(text.strip())
        return found

    async def library(self, steam_id: int) -> LibraryAnswer:
        """Return the library of an account. Raises NoSuchAccount."""
        try:
            owned, summary = await asyncio.gather(
                self._owned(steam_id), self._client.ask(libraries.summary(steam_id))
            )
        except SteamUnavailable:
            return LibraryAnswer(LibraryState.FAILED, {})
        profile = libraries.profile_in(summary, steam_id)
        if profile is None:
            raise NoSuchAccount(str(steam_id))
        return libraries.answer_of(owned, profile)

    async def _owned(self, steam_id: int) -> dict[str, object]:
        """Return the games; an answer without any comes by mistake now and then, but not twice."""
        found = await self._client.ask(libraries.owned_games(steam_id))
        if libraries.is_empty(found):
            found = await self._client.ask(libraries.owned_games(steam_id))
        return found

    async def _exists(self, steam_id: int) -> bool:
        summary = await self._client.ask(libraries.summary(steam_id))
        return libraries.profile_in(summary, steam_id) is not None

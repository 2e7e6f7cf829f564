"""Keeping people's own libraries as Steam has them: daily, for those who asked by them lately."""

import asyncio
import logging
import random
from datetime import UTC, datetime

from commands.core.services.user_data import UserDataRepository
from store import StoreError, user_data
from store.steam_protocols import NoSuchAccount, SteamAccounts
from store.user_data import LibraryAnswer, LibraryState

log = logging.getLogger(__name__)

SECONDS_BETWEEN_ROUNDS = 600.0
# Those who wait for an answer go first; one a second leaves them room.
_SECONDS_BETWEEN_LIBRARIES = 1.0
_MOST_FAILURES = 3


class LibraryRefresh:
    """Fetches the libraries that are due, and erases those that have been closed for long."""

    def __init__(
        self,
        repository: UserDataRepository,
        accounts: SteamAccounts | None,
        *,
        seconds_between_libraries: float = _SECONDS_BETWEEN_LIBRARIES,
    ) -> None:
        """Refresh what `repository` has; without `accounts` it only erases."""
        self._repository = repository
        self._accounts = accounts
        self._pause = seconds_between_libraries

    async def run(self) -> None:
        """Do a round every ten minutes. Ends when cancelled."""
        while True:
            try:
                await self.round(datetime.now(UTC))
            except StoreError as error:
                log.warning("Own libraries are not refreshed: %s", error)
            except Exception:
                log.exception("Own libraries are not refreshed, for a reason that nobody foresaw")
            await asyncio.sleep(SECONDS_BETWEEN_ROUNDS)

    async def round(self, now: datetime) -> int:
        """Erase and fetch what is due; return how many libraries were asked for with an answer.

        Raises:
            StoreError: What people stored cannot be read or written.
        """
        if await self._repository.read(lambda session: user_data.has_closed_libraries(session, now)):
            erased = await self._repository.write(
                lambda session: user_data.erase_closed_libraries(session, now)
            )
            log.info("Erased %d libraries that their people closed a week ago", erased)
        if self._accounts is None:
            return 0
        due = list(
            (await self._repository.read(lambda session: user_data.accounts_due(session, now))).items()
        )
        random.shuffle(due)  # so that accounts that always fail do not starve the others
        answered = failures = 0
        for discord_id, steam_id in due:
            answer = await self._ask(self._accounts, steam_id)
            if answer.state is LibraryState.FAILED:
                failures += 1
                if failures >= _MOST_FAILURES:
                    break
            else:
                failures = 0
                answered += await self._store(discord_id, steam_id, answer)
            await asyncio.sleep(self._pause)
        return answered

    async def _ask(self, accounts: SteamAccounts, steam_id: int) -> LibraryAnswer:
        try:
            return await accounts.library(steam_id)
        except NoSuchAccount:  # deleted since: nobody can see it any more
            return LibraryAnswer(LibraryState.PROFILE_CLOSED, {})

    async def _store(self, discord_id: int, steam_id: int, answer: LibraryAnswer) -> bool:
        at = datetime.now(UTC)
        return await self._repository.write(
            lambda session: user_data.store_answer(session, discord_id, steam_id, answer, at)
        )

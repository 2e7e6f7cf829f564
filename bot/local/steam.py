"""The demo's Steam: an invented store on loopback, in which a day passes before each refresh."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from bot.refresh.process import ChildRefresher
from bot.refresh.request import RefreshRequest
from bot.settings import Settings
from bot.steam_options import STEAM, SignInOptions, SteamPeopleOptions
from commands.core.refresher import RefreshJob
from ingest.sources.locations import steam_file
from playground.steam import LocalSteam

_GAMES = 100
# Few enough for a refresh of seconds.
_GAMES_WITH_REVIEWS = 3
_DETAILS = 20


@contextmanager
def invented_steam(settings: Settings) -> Iterator[tuple[LocalSteam, Settings]]:
    """Start a Steam; yields it, and the settings by which a refresh asks it beside the files.

    What an earlier demo's Steam answered is forgotten: its days begin anew.
    """
    kept = steam_file(settings.database)
    for file in kept.parent.glob(f"{kept.name}*"):
        file.unlink()
    with LocalSteam(games=_GAMES) as steam:
        yield (
            steam,
            settings.model_copy(
                update={
                    "source": f"{STEAM},{settings.source}",
                    "steam_api_key": SecretStr(steam.key),
                    "steam_api_host": steam.api,
                    "steam_store_host": steam.store,
                    "steam_media_host": steam.media,
                    "steam_seconds_between_calls": 0.0,
                    "steam_review_games": _GAMES_WITH_REVIEWS,
                    "steam_details_a_run": _DETAILS,
                }
            ),
        )


def people_of(steam: LocalSteam) -> SteamPeopleOptions:
    """Return how the bot asks for the accounts of its people, who sign in at a page of this machine."""
    sign_in = SignInOptions(public_url="", port=0, community=steam.community)
    return SteamPeopleOptions(SecretStr(steam.key), steam.api, sign_in)


class DailyRefresher(ChildRefresher):
    """Refreshes the demo's store, each time a day later on its Steam."""

    def __init__(self, request: RefreshRequest, steam: LocalSteam) -> None:
        """Refresh as `request` says, from `steam` among others."""
        super().__init__(request)
        self._steam = steam

    async def start(self, started_by: str, *, force: bool = False) -> RefreshJob:
        """Let a day pass, and start a refresh. Raises RefreshRunning if there is another."""
        if self.running is None:
            self._steam.world.advance(days=1)
        return await super().start(started_by, force=force)

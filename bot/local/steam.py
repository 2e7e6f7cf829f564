"""The demo's Steam: an invented store on loopback, in which a day passes before each refresh."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.local.demo_script import example_players
from bot.refresh.process import ChildRefresher
from bot.refresh.request import RefreshRequest
from bot.settings import Settings
from bot.steam_options import STEAM, SignInOptions, SteamPeopleOptions
from commands.core.services.refresher import RefreshJob
from ingest.sources.locations import steam_file
from playground.steam import LocalSteam
from playground.steam.catalogue import invented
from playground.steam.catalogue.game import Game
from playground.steam.people import FIRST_STEAMID, Owned, Person, Wish
from store.models import OwnedGame, Player

_GAMES = 100
# Few enough for a refresh of seconds.
_GAMES_WITH_REVIEWS = 3
_DETAILS = 20
# Names and numbers of the accounts that own what players of the data do.
_ACCOUNTS = ("Gael", "Hana")
_FIRST_ACCOUNT = FIRST_STEAMID + 2_001
# What they wish for: three that are on sale, one that is not, one that is not out yet.
_WISHES = (
    invented.TIDEWRIGHT,
    invented.GOAT_ORCHESTRA,
    invented.GLASSHOUSE,
    invented.NEON_PASTA,
    invented.SNOWGLOBE,
)


@contextmanager
def invented_steam(settings: Settings) -> Iterator[tuple[LocalSteam, Settings]]:
    """Start a Steam; yields it, and the settings by which a refresh asks it beside the files.

    What an earlier demo's Steam answered is forgotten: its days begin again.
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


def add_accounts(steam: LocalSteam, session: Session) -> None:
    """Give the invented Steam two accounts that own what two players of the data do, and wish for games.

    With them a newcomer who signs in has a library of which the data know enough to suggest by.
    """
    wishlist = tuple(Wish(app_id, place, 0) for place, app_id in enumerate(_WISHES, start=1))
    for number, (name, player) in enumerate(zip(_ACCOUNTS, example_players(session), strict=True)):
        owned = session.execute(
            select(OwnedGame.game_id, OwnedGame.minutes)
            .join(Player, Player.id == OwnedGame.player_id)
            .where(Player.user_id == player)
        ).all()
        with steam.world.lock:
            for app_id, _ in owned:
                if steam.world.catalogue.find(app_id) is None:
                    # Owned, and in that store no more: what the files say of the game is not contradicted.
                    steam.world.catalogue.put(Game(app_id, f"App {app_id}", listed=False))
            library = tuple(Owned(app_id, minutes) for app_id, minutes in owned)
            account = _FIRST_ACCOUNT + number
            steam.world.put(Person(account, name, name.lower(), library=library, wishlist=wishlist))


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

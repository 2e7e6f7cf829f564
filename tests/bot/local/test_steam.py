"""The demo's Steam: what happens there in a night is in the store after the refresh that follows."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.local.demo import demo_settings
from bot.local.server import local_server
from bot.local.steam import DailyRefresher, add_accounts, invented_steam, people_of
from bot.refresh.request import RefreshRequest
from bot.refresh.run import refresh_store
from bot.settings import Settings
from playground.steam import LocalSteam
from playground.steam.catalogue import invented
from store import Database, queries
from store.models import Game, RunOutcome, StorePage
from store.runs import SilentProgress
from tests.bot.refreshers import ManualRefresher
from tests.bot.sign_in.browser import browsing

pytestmark = pytest.mark.slow


async def test_three_nights_each_change_what_happened_on_steam(tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "data" / "nextplay.sqlite3", _env_file=None)
    own = demo_settings(settings, None, Console(file=StringIO()))
    with invented_steam(own) as (steam, asking):
        refresh_store(asking, asking.sources, progress=SilentProgress())
        database = Database(asking.database)
        refresher = DailyRefresher(RefreshRequest.from_settings(asking), steam)

        await night(refresher)
        with database.reader() as session:
            assert session.get_one(Game, invented.SNOWGLOBE).release_date is not None
            assert session.get_one(StorePage, invented.TIDEWRIGHT).discount_percent == 40

        await night(refresher)
        with database.reader() as session:
            assert session.get_one(Game, invented.THE_LONG_COMMUTE).listed  # a game is not gone for one miss

        await night(refresher)
        with database.reader() as session:
            assert session.get(Game, invented.LANTERN_POST) is not None
            assert queries.provenance(session).generated
        database.close()


async def night(refresher: DailyRefresher) -> None:
    """Let a day pass on Steam, and refresh."""
    job = await refresher.start("schedule")
    result = await job.result()
    assert result.outcome is RunOutcome.APPLIED, result.error
    assert result.changes["games"].changed > 0


async def test_a_newcomer_signs_in_and_is_suggested_games_by_their_library(own_store: Database) -> None:
    with LocalSteam(games=60) as steam:
        with own_store.reader() as session:
            add_accounts(steam, session)
        gael = next(person for person in steam.world.people if person.name == "Gael")
        async with local_server(own_store, ManualRefresher(), steam=people_of(steam)) as server:
            reply = await server.member.ask("/link")
            (address,) = [part["url"] for row in reply.components for part in row["components"]]
            async with browsing() as browser:
                page = await browser.open((await browser.open(address)).login)
                assert "Gael" in page.text
                await browser.sign_in(steam, address, gael.steamid)
            linked, suggested = (await reply.followup()).embeds
    assert "**Proven**" in linked["description"]
    assert suggested["title"] == "Games for Gael"

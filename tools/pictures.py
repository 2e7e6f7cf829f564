"""Takes the pictures of the documentation, in a real browser, on generated sample data: `make pictures`."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, chdir
from pathlib import Path

from PIL import Image
from playwright.async_api import async_playwright
from rich.console import Console

from bot.local.demo import demo_settings, fill_demo, fill_store
from bot.local.demo_script import example_players
from bot.local.examples import example_lines
from bot.local.server import local_server
from bot.local.steam import invented_steam
from bot.refresh.process import ChildRefresher
from bot.settings import Settings
from playground.web import PageAddress, Shot, attach_page, take, take_replies
from playground.web.screenshots import LAUNCH_ARGUMENTS, find_browser
from report import write_report
from store import Database
from tools.page_examples import run_examples

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
REPLIES = FOLDER / "replies"

_PLOT = "hours-by-genre.png"
_PORTAL = "/recommend game:Portal 2"
# Flat colours: nobody sees that there are fewer of them, and the file is a third as large.
_COLOURS = 128


async def main() -> None:
    """Fill a store in a temporary folder, take every picture from it, and make the files small."""
    REPLIES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = _settings(home)
        _draw_plot(home, fill_demo(settings, None, Console(quiet=True)).database)
        with invented_steam(demo_settings(settings, None, Console(quiet=True))) as (_, asking):
            fill_store(asking, Console(quiet=True))
            await _take_all(asking, home)
    for file in FOLDER.rglob("*.png"):
        Image.open(file).convert("RGB").quantize(_COLOURS).save(file, optimize=True)


def _settings(home: Path) -> Settings:
    return Settings(database=home / "data" / "nextplay.sqlite3", _env_file=None)


async def _take_all(settings: Settings, home: Path) -> None:
    """Take the pictures of the bot, whose invented Steam has store pages with art, and of the report."""
    database = Database(settings.database)
    with database.reader() as session:
        players = example_players(session)
    async with _page(settings, database) as (page, admin):
        await take_replies(page.url, _round(admin))
    async with _page(settings, database) as (page, _):
        await _take_page(page)
    async with _page(settings, database) as (page, admin):
        await take_replies(page.url, _replies(players, admin))
    await _take_report(database, home)
    database.close()


def _draw_plot(home: Path, store: Path) -> None:
    """Draw the plot of `docs/analysis.md` by what the page says, from a store of generated data alone."""
    shutil.copy(store, _settings(home).database)
    with chdir(home):
        _, told = run_examples(FOLDER.parent / "analysis.md")
    if told:
        sys.exit(told)
    shutil.copy(home / _PLOT, FOLDER)


@asynccontextmanager
async def _page(settings: Settings, database: Database) -> AsyncIterator[tuple[PageAddress, int]]:
    """Yield a page of a new server, and the id of the admin there."""
    async with (
        local_server(database, ChildRefresher.from_settings(settings)) as server,
        attach_page(server.discord, server.guild, people=server.people, examples=example_lines) as page,
    ):
        yield page, server.admin.user.id


async def _take_page(page: PageAddress) -> None:
    await take(page.url, FOLDER / "recommend.png", width=900, height=620, commands=[_PORTAL])
    for theme in ("dark", "light"):
        for device, width, height in (("desktop", 1280, 800), ("phone", 390, 844)):
            await take(
                page.url,
                FOLDER / f"page-{device}-{theme}.png",
                width=width,
                height=height,
                theme=theme,
                commands=[_PORTAL, "/developer name:Valve"],
                typed="/recommend game:bor",
            )


async def _take_report(database: Database, folder: Path) -> None:
    """Take the report's lists of games, on a desktop and on a phone."""
    page = write_report(database, folder).as_uri()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=find_browser(), args=list(LAUNCH_ARGUMENTS)
        )
        for device, width, height in (("desktop", 1280, 900), ("phone", 390, 844)):
            window = await chromium.new_page(viewport={"width": width, "height": height})
            await window.goto(page)
            await window.locator("#filters").evaluate("filters => filters.scrollIntoView()")
            await window.wait_for_selector("#most-played [data-drawn]")
            await window.screenshot(path=FOLDER / f"report-{device}.png")
        await chromium.close()


def _round(admin: int) -> list[Shot]:
    """Return the pictures of a round, at phone width and on a desktop, in both languages."""
    told = Shot(REPLIES / "taste.png", ("/taste like:Terraria, Left 4 Dead 2",), person=admin, locale="es-ES")
    question = ("/taste like:Portal 2, Garry's Mod", "/play-together")
    return [
        told,
        Shot(REPLIES / "join.png", question, locale="en-US", presses=("Join",)),
        Shot(REPLIES / "vote.png", (), person=admin, locale="en-US", presses=("Join", "Show the games")),
    ]


def _replies(players: tuple[str, str], admin: int) -> list[Shot]:
    """Return the pictures of `docs/replies.md`, at phone width, in English on dark and Spanish on light."""
    first, second = players

    def english(name: str, *commands: str, drawn: bool = False, person: int | None = None) -> Shot:
        file = REPLIES / f"{name}.png"
        return Shot(file, commands, theme="dark", locale="en-US", has_picture=drawn, person=person)

    def spanish(name: str, *commands: str, drawn: bool = False, person: int | None = None) -> Shot:
        file = REPLIES / f"{name}.png"
        return Shot(file, commands, theme="light", locale="es-ES", has_picture=drawn, person=person)

    return [
        english("recommend", "/recommend games:Portal 2, Terraria genre:Indie max_price:15"),
        spanish("play-together", f"/jugar-en-grupo jugador1:{first} jugador2:{second}"),
        english("game", "/game name:Tidewright"),
        spanish("surprise", "/sorpresa género:Indie"),
        spanish("compare", "/comparar juegos primero:Portal segundo:Portal 2"),
        english("top", "/top by:Hidden gems"),
        # Twice: the bot's first picture comes after its reply, which is then marked as edited.
        *2 * [spanish("developer", "/desarrolladora nombre:Valve", drawn=True)],
        english("genre", "/genre name:Action", drawn=True),
        spanish("reviews", "/reseñas desarrolladora:Valve", drawn=True),
        english("words", "/reviews developer:Valve show:The words they use", drawn=True),
        spanish("me", f"/vincular jugador:{first}", "/yo", drawn=True),
        english("not-found", "/developer name:Vavle"),
        spanish("status", "/administrar estado", person=admin),
    ]


if __name__ == "__main__":
    asyncio.run(main())

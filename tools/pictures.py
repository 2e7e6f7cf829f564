"""Takes pictures in a real browser, on generated sample data and the demo's invented Steam.

python -m tools.pictures                             those of the documentation: `make pictures`
python -m tools.pictures --all --out FOLDER          every scene of `tools.scenes`, to look at one by one
python -m tools.pictures --all --out FOLDER NAME...  some of them
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, chdir
from pathlib import Path

from PIL import Image
from playwright.async_api import Error as PlaywrightError
from rich.console import Console

from bot.local.demo import demo_settings, fill_demo, fill_store
from bot.local.demo_script import example_players
from bot.local.examples import example_lines
from bot.local.server import local_server
from bot.local.steam import add_accounts, invented_steam, people_of
from bot.refresh.process import ChildRefresher
from bot.settings import Settings
from bot.steam_options import SteamPeopleOptions
from playground.web import PageAddress, Shot, attach_page, take, take_replies
from playground.web.screenshots import open_browser
from report import write_report
from store import Database
from tools.page_examples import run_examples
from tools.scenes import LOCALES, Person, outs_of, scenes, shots_of
from tools.sign_in_scenes import SCENES as SIGN_INS
from tools.sign_in_scenes import take_sign_in

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
REPLIES = FOLDER / "replies"

_PLOT = "hours-by-genre.png"
_PORTAL = "/recommend game:Portal 2"
# Flat colours: nobody sees that there are fewer of them, and the file is a third as large.
_COLOURS = 128
_SECONDS_A_SCENE = 60.0


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description="Pictures of replies, in a real browser.")
    parser.add_argument("--all", action="store_true", help="every scene, in both languages and both widths")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the pictures of scenes go")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these scenes")
    arguments = parser.parse_args()
    if arguments.all != (arguments.out is not None):
        parser.error("--all and --out go together")
    if arguments.names and not arguments.all:
        parser.error("scenes are named with --all")
    if arguments.all:
        arguments.out.mkdir(parents=True, exist_ok=True)
        sys.exit(0 if asyncio.run(_take_named(arguments.out, arguments.names)) else 1)
    asyncio.run(take_documentation())


async def take_documentation() -> None:
    """Fill a store in a temporary folder, take every picture from it, and make the files small."""
    REPLIES.mkdir(parents=True, exist_ok=True)
    begun = time.time()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = _settings(home)
        _draw_plot(home, fill_demo(settings, None, Console(quiet=True)).database)
        with invented_steam(demo_settings(settings, None, Console(quiet=True))) as (_, asking):
            fill_store(asking, Console(quiet=True))
            await _take_all(asking, home)
    # Others, such as those of benchmarks, would lose colours each time.
    for file in (file for file in FOLDER.rglob("*.png") if file.stat().st_mtime >= begun):
        Image.open(file).convert("RGB").quantize(_COLOURS).save(file, optimize=True)


async def _take_named(folder: Path, names: Collection[str]) -> bool:
    """Take the pictures of these names, or all; a store is filled unless all are of the sign-in."""
    await take_sign_ins(folder, names)
    if names and set(names) <= {scene.name for scene in SIGN_INS}:
        return True
    return await take_scenes(folder, names)


async def take_scenes(folder: Path, names: Collection[str]) -> bool:
    """Take the scenes of these names, or all, each in every language on a server of its own.

    Returns:
        Whether all could be taken; which could not is said on standard error.
    """
    failed = False
    with tempfile.TemporaryDirectory() as home:
        settings = demo_settings(_settings(Path(home)), None, Console(quiet=True))
        with invented_steam(settings) as (steam, asking):
            fill_store(asking, Console(quiet=True))
            database = Database(asking.database)
            with database.reader() as session:
                players = example_players(session)
                add_accounts(steam, session)
            for scene in scenes(players):
                for locale in LOCALES if not names or scene.name in names else ():
                    try:
                        async with (
                            asyncio.timeout(_SECONDS_A_SCENE),
                            _page(asking, database, people_of(steam)) as (page, people),
                        ):
                            await take_replies(page.url, shots_of(scene, locale, people, folder))
                    except (TimeoutError, PlaywrightError) as error:
                        failed = True
                        print(f"{scene.name} in {locale}: {error!r}", file=sys.stderr)
            database.close()
    return not failed


async def take_sign_ins(folder: Path, names: Collection[str]) -> None:
    """Take the pages of signing in through Steam of these names, or all, in every language."""
    chosen = [scene for scene in SIGN_INS if not names or scene.name in names]
    async with open_browser() as browser:
        for scene in chosen:
            for locale in LOCALES:
                await take_sign_in(browser, scene, locale, outs_of(scene.name, locale, folder))


def _settings(home: Path) -> Settings:
    return Settings(database=home / "data" / "nextplay.sqlite3", _env_file=None)


async def _take_all(settings: Settings, home: Path) -> None:
    """Take the pictures of the bot, whose invented Steam has store pages with art, and of the report."""
    database = Database(settings.database)
    with database.reader() as session:
        players = example_players(session)
    async with _page(settings, database) as (page, people):
        await take_replies(page.url, _round(people["admin"]))
    async with _page(settings, database) as (page, _):
        await _take_page(page)
    async with _page(settings, database) as (page, people):
        await take_replies(page.url, _replies(players, people["admin"]))
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
async def _page(
    settings: Settings, database: Database, steam: SteamPeopleOptions | None = None
) -> AsyncIterator[tuple[PageAddress, Mapping[Person, int]]]:
    """Yield a page of a new server, and the ids of the people there."""
    async with (
        local_server(database, ChildRefresher.from_settings(settings), steam=steam) as server,
        attach_page(server.discord, server.guild, people=server.people, examples=example_lines) as page,
    ):
        yield page, {"member": server.member.user.id, "admin": server.admin.user.id}


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
    async with open_browser() as chromium:
        for device, width, height in (("desktop", 1280, 900), ("phone", 390, 844)):
            window = await chromium.new_page(viewport={"width": width, "height": height})
            await window.goto(page)
            await window.locator("#filters").evaluate("filters => filters.scrollIntoView()")
            await window.wait_for_selector("#most-played [data-drawn]")
            await window.screenshot(path=FOLDER / f"report-{device}.png")


def _round(admin: int) -> list[Shot]:
    """Return the pictures of a round, at phone width and on a desktop, in both languages."""
    told = Shot({}, ("/taste like:Terraria, Left 4 Dead 2",), person=admin, locale="es-ES")
    question = ("/taste like:Portal 2, Garry's Mod", "/play-together")
    return [
        told,
        Shot(_phone("join"), question, locale="en-US", presses=("Join",)),
        Shot(_phone("vote"), (), person=admin, locale="en-US", presses=("Join", "Show the games")),
    ]


def _phone(name: str) -> dict[int, Path]:
    """Return where the picture of a reply goes that is taken at phone width."""
    return {390: REPLIES / f"{name}.png"}


def _replies(players: tuple[str, str], admin: int) -> list[Shot]:
    """Return the pictures of `docs/replies.md`, at phone width, in English on dark and Spanish on light."""
    first, second = players

    def english(name: str, *commands: str, drawn: bool = False, person: int | None = None) -> Shot:
        return Shot(_phone(name), commands, theme="dark", locale="en-US", has_picture=drawn, person=person)

    def spanish(name: str, *commands: str, drawn: bool = False, person: int | None = None) -> Shot:
        return Shot(_phone(name), commands, theme="light", locale="es-ES", has_picture=drawn, person=person)

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
    main()

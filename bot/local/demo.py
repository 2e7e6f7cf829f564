"""Trying the bot on this machine: fill a store, start the loopback Discord, answer at a prompt."""

import asyncio
from pathlib import Path

from rich.console import Console

from bot.local.demo_script import demo_script
from bot.local.examples import example_lines
from bot.local.prompt import TRIAL, run_prompt, run_script
from bot.local.server import asker_of, local_server, type_line
from bot.local.steam import DailyRefresher, add_accounts, invented_steam, people_of
from bot.published.opening import open_store
from bot.published.serve import refresher_of
from bot.refresh.process import ChildRefresher
from bot.refresh.request import RefreshRequest
from bot.settings import Settings
from bot.steam_options import SteamPeopleOptions
from commands.core.services.refresher import Refresher
from playground import DriverError
from playground.web import attach_page
from store import Database, NextplayError


class LocalAnswerError(NextplayError):
    """What was asked could not be asked, or was not answered."""


def run_demo(settings: Settings, data: Path | None, console: Console, *, is_interactive: bool) -> bool:
    """Fill a store from `data` and let a person try the bot on it.

    Without `data` it is generated sample data and an invented Steam, on which each refresh is a day later.

    The store is kept below the folder of the configured one, so that a second demo starts at once.

    Args:
        settings: Where the configured store is, and how a refresh goes.
        data: A folder of the raw files, or None.
        console: Where replies are printed.
        is_interactive: Whether a person types; otherwise the demo's script is run.

    Returns:
        Whether every command of the script was answered; True if a person typed.

    Raises:
        NextplayError: The raw files cannot be read.
    """
    own = demo_settings(settings, data, console)
    if data is not None:
        fill_store(own, console)
        refresher = ChildRefresher.from_settings(own)
        return asyncio.run(_serve_demo(own, refresher, console, is_interactive=is_interactive))
    with invented_steam(own) as (steam, asking):
        fill_store(asking, console)
        with Database(asking.database).reader() as session:
            add_accounts(steam, session)
        daily = DailyRefresher(RefreshRequest.from_settings(asking), steam)
        return asyncio.run(
            _serve_demo(asking, daily, console, is_interactive=is_interactive, steam=people_of(steam))
        )


def fill_demo(settings: Settings, data: Path | None, console: Console) -> Settings:
    """Fill the demo's own store from files, not from Steam.

    Args:
        settings: Where the configured store is, and how a refresh goes.
        data: A folder of the raw files; generated sample data if None.
        console: Where progress is shown.

    Returns:
        The settings that name the demo's store and its source.

    Raises:
        NextplayError: The raw files cannot be read.
    """
    own = demo_settings(settings, data, console)
    fill_store(own, console)
    return own


def demo_settings(settings: Settings, data: Path | None, console: Console) -> Settings:
    """Return the settings that name the demo's own store and its files, which are generated if need be."""
    home = settings.database.parent / "demo"
    if data is None:
        data = _generated_sample(home / "sample", console)
    return settings.model_copy(
        update={
            "database": home / f"{data.resolve().name}.sqlite3",
            "backup_folder": home / "backups",
            "source": str(data.resolve()),
            "store": None,
        }
    )


async def ask_once(settings: Settings, line: str, console: Console) -> bool:
    """Type one command line on the loopback Discord and print the reply.

    Args:
        settings: Which store to ask.
        line: Such as `/recommend game:Portal 2`.
        console: Where the reply is printed.

    Returns:
        Whether the bot answered.

    Raises:
        LocalAnswerError: Discord would not let a person send the line.
        NextplayError: There are no data.
    """
    database = open_store(settings)
    with database.reader():
        pass  # raises at once where there are no data
    try:
        async with local_server(database, refresher_of(settings)) as server:
            person = asker_of(server, line)
            stored = server.trial.user_data.change_token()
            reply = await type_line(person, line)
            console.print(reply.plain_text, markup=False)
            if server.trial.user_data.change_token() != stored:
                console.print(TRIAL, style="dim", soft_wrap=True)
            return not reply.failed
    except DriverError as refusal:
        raise LocalAnswerError(str(refusal)) from refusal


def _generated_sample(folder: Path, console: Console) -> Path:
    from ingest.sample import write_sample

    sample = write_sample(folder)
    console.print(f"Generated sample data in {folder}: {sample.counts}.")
    return folder


def fill_store(settings: Settings, console: Console) -> None:
    """Bring the store of some settings up to date with their source; shows progress on the console.

    Raises:
        NextplayError: The source cannot be read.
    """
    from bot.refresh.run import refresh_store
    from ingest.runtime.progress import RichProgress

    with RichProgress(console) as progress:
        report = refresh_store(settings, settings.sources, progress=progress)
    console.print(str(report), markup=False)


async def _serve_demo(
    settings: Settings,
    refresher: Refresher,
    console: Console,
    *,
    is_interactive: bool,
    steam: SteamPeopleOptions | None = None,
) -> bool:
    database = Database(settings.database, user_data=settings.user_data)
    with database.reader() as session:
        steps = demo_script(session)
    async with local_server(database, refresher, steam=steam) as server:
        if is_interactive:
            async with attach_page(
                server.discord, server.guild, people=server.people, examples=example_lines
            ) as page:
                console.print(f"\nIn a browser: {page.url}\nOr here:", markup=False, soft_wrap=True)
                await run_prompt(server, console)
            return True
        return await run_script(server, steps, console)

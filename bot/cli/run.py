"""Commands that answer: demo, ask, run, api."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TextIO

import typer


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (demo, ask, run, api):
        app.command()(command)


def demo(
    data: Annotated[
        Path | None, typer.Option(help="A folder with the raw files; generated sample data without it.")
    ] = None,
) -> None:
    """Fill a store and try the bot on this machine, without a Discord token."""
    from bot.cli.console import console
    from bot.local.demo import run_demo
    from bot.settings import load_settings
    from bot.system_refusals import allow_open_files

    allow_open_files()
    if not run_demo(load_settings(), data, console(), is_interactive=is_terminal(sys.stdin)):
        raise typer.Exit(code=1)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a person types there; None is a standard input that was closed."""
    return stream is not None and stream.isatty()


def ask(line: Annotated[str, typer.Argument(help="Such as '/recommend game:Portal 2'.")]) -> None:
    """Run one slash command through the loopback Discord and print the reply.

    The people of that server are Member, who asks, and Admin, who asks what only admins may. Both are named
    as in Discord, such as in '/play-together friends:@Admin', and so is the channel #general.
    """
    import asyncio

    from bot.cli.console import console
    from bot.local.demo import ask_once
    from bot.settings import load_settings
    from bot.system_refusals import allow_open_files

    allow_open_files()
    settings = load_settings()
    if not asyncio.run(ask_once(settings, line, console())):
        raise typer.Exit(code=1)


def run(
    stay: Annotated[
        bool,
        typer.Option(
            "--stay",
            help="Once Discord has refused the bot for good, wait for a stop rather than end: for where "
            "whatever ends is started again, and the refusal with it.",
        ),
    ] = False,
    shards: Annotated[
        str | None,
        typer.Option(
            help="Serve these of the bot's shards, such as 0-7/32; other processes serve the others.",
            show_default="NEXTPLAY_SHARDS",
        ),
    ] = None,
) -> None:
    """Serve Discord, with the token in DISCORD_TOKEN.

    It ends with exit code 69 where Discord cannot be reached, 77 where it refuses the token and 78 where it
    refuses the bot; after the last two a restart changes nothing.
    """
    from bot.discord_refusals import DiscordRefusal
    from bot.serving import serve_discord, wait_for_stop
    from bot.settings import SettingsError, load_settings
    from bot.system_refusals import allow_open_files

    allow_open_files()
    settings = load_settings()
    if shards is not None:
        settings = settings.model_copy(update={"shards": _part(shards)})
    if settings.discord_token is None:
        raise SettingsError(
            "DISCORD_TOKEN is not set: put the bot's token from the Discord developer portal there, "
            "or try the bot without one by `nextplay demo`."
        )
    try:
        serve_discord(settings, settings.discord_token.get_secret_value())
    except DiscordRefusal as refusal:
        if stay and refusal.is_final:
            wait_for_stop(refusal)
        raise


def _part(shards: str) -> str:
    """Return the part of shards that was typed. Raises SettingsError if it is not one."""
    from bot.settings import SettingsError
    from bot.shards.part import ShardPart

    try:
        return str(ShardPart.parse(shards))
    except ValueError as error:
        raise SettingsError(f"--shards cannot be used: {error}.") from None


def api(
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="The port; 0 is any free one.", show_default="NEXTPLAY_API_PORT"),
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="The address to listen at.", show_default="NEXTPLAY_API_HOST")
    ] = None,
    database: Annotated[
        Path | None, typer.Option(help="The SQLite file of the store.", show_default="NEXTPLAY_DATABASE")
    ] = None,
) -> None:
    """Answer over HTTP what the bot answers in Discord, without a bot; /docs there lists the questions."""
    from api.server import serve
    from bot.published.opening import open_store
    from bot.published.serve import looks_in_thread
    from bot.settings import load_settings
    from bot.system_refusals import allow_open_files
    from bot.telemetry.logs import configure_logging

    allow_open_files()
    settings = load_settings()
    if database is not None:
        settings = settings.model_copy(update={"database": database, "store": None})
    configure_logging(settings.log_level, settings.log_format, settings.secrets)
    options = settings.api
    with looks_in_thread(settings):
        serve(
            open_store(settings),
            replace(
                options,
                host=options.host if host is None else host,
                port=options.port if port is None else port,
            ),
        )

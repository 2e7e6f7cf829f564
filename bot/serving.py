"""Serving the real Discord: what `nextplay run` puts together."""

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import aiohttp
import discord

from bot.client import NextplayBot, serve
from bot.refresh.process import ChildRefresher
from bot.refresh.schedule import Nightly
from bot.settings import Settings
from bot.telemetry.interactions import InteractionRecord
from bot.telemetry.logs import configure_logging, log_interaction
from store import Database, NextplayError, queries
from store.models import RunOutcome
from store.user_data.exposure import close_files
from store.user_data.file import UserDataFile

log = logging.getLogger(__name__)


class LoginError(NextplayError):
    """Discord does not let the bot in."""


def serve_discord(settings: Settings, token: str) -> None:
    """Serve until told to stop.

    An unexpected error ends the process with exit code 1; its trace is in the log.

    Args:
        settings: All settings; those of the log hold for the whole process from here on.
        token: The bot's token, which is never logged.

    Raises:
        LoginError: Discord cannot be reached, or does not know the token.
        NextplayError: The bot cannot start for another reason.
    """
    configure_logging(settings.log_level, settings.log_format, [token])
    # There is no voice in Nextplay, so nobody need hear at every start that its libraries are missing.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    try:
        _serve(settings, token)
    except discord.LoginFailure:
        raise LoginError(
            "Discord does not know the token in DISCORD_TOKEN; copy it again from the developer portal."
        ) from None
    except aiohttp.ClientConnectionError as error:
        raise LoginError(f"Discord cannot be reached ({error}); try again when the network is up.") from error
    except NextplayError:
        raise
    except Exception:
        log.critical("The bot stopped on an error that nobody foresaw", exc_info=True)
        sys.exit(1)


def _serve(settings: Settings, token: str) -> None:
    database = Database(settings.database)
    try:
        database.upgrade()
        _look_after_user_data(database.user_data, settings.backup_folder)
        _settle_interrupted_refresh(database)
        refresher = ChildRefresher.from_settings(settings)
        if settings.metrics_port is None:
            bot = NextplayBot(database, refresher, plan=Nightly.from_settings(settings))
            asyncio.run(serve(bot, token))
        else:
            with _bot_with_metrics(settings, settings.metrics_port, database, refresher) as bot:
                asyncio.run(serve(bot, token))
    finally:
        database.close()


@contextmanager
def _bot_with_metrics(
    settings: Settings, port: int, database: Database, refresher: ChildRefresher
) -> Iterator[NextplayBot]:
    # Imported here: a bot without metrics does not carry the library.
    from bot.telemetry.metrics import Metrics, data_age  # noqa: PLC0415

    metrics = Metrics()
    refresher.add_end_listener(metrics.record_refresh)

    def observe(interaction: InteractionRecord) -> None:
        log_interaction(interaction)
        metrics.record_interaction(interaction)

    bot = NextplayBot(database, refresher, plan=Nightly.from_settings(settings), observer=observe)
    metrics.read_on_request(
        data_age=partial(data_age, database),
        gateway_latency=lambda: bot.latency,
        gateway_connected=lambda: _is_connected(bot),
    )
    with metrics.served(str(settings.metrics_host), port):
        yield bot


def _look_after_user_data(user_data: UserDataFile, backup_folder: Path) -> None:
    """Close the files with people's data to others on the machine, and say what is wrong with them."""
    files = close_files(user_data.file, backup_folder)
    for file in files.closed:
        log.warning("Others on this machine could read %s; it is closed to them now", file)
    for file in files.left_open:
        log.error("Others on this machine may read %s, and it is not ours to close; run chmod 600", file)
    problem = user_data.problem()
    if problem is not None:
        log.error("No player is shown: %s", problem)


def _settle_interrupted_refresh(database: Database) -> None:
    """Say that the last refresh died, if it did, and that the data before it are served."""
    with database.reader() as session:
        runs = queries.data_status(session, runs=1).runs
    if not runs or runs[0].outcome is not RunOutcome.RUNNING:
        return
    # Imported here: it rarely comes to this, and the bot does not carry what only a refresh uses.
    from bot.refresh.run import settle_interrupted  # noqa: PLC0415

    if settle_interrupted(database):
        log.warning(
            "The refresh that began at %s was interrupted; the data of the run before it are served",
            runs[0].started_at.isoformat(timespec="seconds"),
        )


def _is_connected(bot: NextplayBot) -> bool:
    # Before the first connection there is no socket, whatever the annotation says.
    socket: object = bot.ws
    return socket is not None and bot.ws.open

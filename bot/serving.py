"""Serving the real Discord: what `nextplay run` puts together."""

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from bot.telemetry.metrics import Metrics

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
        _settle_interrupted_refresh(database)
        refresher = ChildRefresher.from_settings(settings)
        with _prepared(settings, database, refresher) as bot:
            asyncio.run(serve(bot, token))
    finally:
        database.close()


@contextmanager
def _prepared(settings: Settings, database: Database, refresher: ChildRefresher) -> Iterator[NextplayBot]:
    """Yield the bot, with its metrics and the API served beside it where a port is set."""
    with ExitStack() as beside:
        metrics = None
        if settings.metrics_port is None:
            bot = NextplayBot(database, refresher, plan=Nightly.from_settings(settings))
        else:
            bot, metrics = _counted_bot(settings, database, refresher)
            beside.enter_context(metrics.served(str(settings.metrics_host), settings.metrics_port))
        if settings.api_port is not None:
            # Imported here: a bot without it does not carry the libraries.
            from api.server import served  # noqa: PLC0415

            registry = None if metrics is None else metrics.registry
            beside.enter_context(served(database, settings.api, registry))
        yield bot


def _counted_bot(
    settings: Settings, database: Database, refresher: ChildRefresher
) -> "tuple[NextplayBot, Metrics]":
    # Imported here: a bot without metrics does not carry the library.
    from api.metrics import data_age  # noqa: PLC0415
    from bot.telemetry.metrics import Metrics  # noqa: PLC0415

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
    return bot, metrics


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

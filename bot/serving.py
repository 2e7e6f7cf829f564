"""Serving the real Discord: what `nextplay run` puts together."""

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import discord

from bot.client import NextplayBot, serve, stop_on_signals
from bot.discord_refusals import DiscordRefusal, refusal_of
from bot.refresh.process import ChildRefresher
from bot.refresh.schedule import Nightly
from bot.settings import Settings, unknown_settings
from bot.telemetry.interactions import InteractionRecord, Observer
from bot.telemetry.logs import configure_logging, log_interaction
from store import Database, NextplayError, queries
from store.models import RunOutcome
from store.refill import awaits_refill

log = logging.getLogger(__name__)


def serve_discord(settings: Settings, token: str) -> None:
    """Serve until told to stop.

    An unexpected error ends the process with exit code 1; its trace is in the log.

    Args:
        settings: All settings; those of the log hold for the whole process from here on.
        token: The bot's token, which is never logged.

    Raises:
        DiscordRefusal: Discord cannot be reached, or does not let the bot in, now or any longer.
        NextplayError: The bot cannot start for another reason.
    """
    configure_logging(settings.log_level, settings.log_format, [token])
    # There is no voice in Nextplay, so nobody need hear at every start that its libraries are missing.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    for unknown in unknown_settings():
        log.warning("%s is no setting%s", unknown.name, f"; {unknown.nearest} is" if unknown.nearest else "")
    try:
        _serve(settings, token)
    except NextplayError:
        raise
    except Exception as error:
        if (refusal := refusal_of(error)) is not None:
            raise refusal from error
        log.critical("The bot stopped on an error that nobody foresaw", exc_info=True)
        sys.exit(1)


def wait_for_stop(refusal: DiscordRefusal) -> None:
    """Do nothing until told to stop: whatever starts the bot again would repeat what was refused."""
    log.critical("%s Nothing is tried until the bot is stopped and started again", refusal)

    async def wait() -> None:
        stop = asyncio.Event()
        with stop_on_signals(stop):
            await stop.wait()

    asyncio.run(wait())


def _serve(settings: Settings, token: str) -> None:
    plan = Nightly.from_settings(settings)  # before anything is made, as it may be refused
    database = Database(settings.database)
    try:
        database.upgrade()
        _settle_last_refresh(database)
        refresher = ChildRefresher.from_settings(settings)
        if settings.metrics_port is None:
            bot = _bot(settings, plan, database, refresher, log_interaction)
            asyncio.run(serve(bot, token))
        else:
            port = settings.metrics_port
            with _bot_with_metrics(settings, plan, port, database, refresher) as bot:
                asyncio.run(serve(bot, token))
    finally:
        database.close()


def _bot(
    settings: Settings, plan: Nightly, database: Database, refresher: ChildRefresher, observer: Observer
) -> NextplayBot:
    sources = [Path(source) for source in settings.sources if "://" not in source]
    return NextplayBot(
        database,
        refresher,
        plan=plan,
        observer=observer,
        owner_ids=settings.owners,
        folders=[*sources, *(source.parent for source in sources), settings.backup_folder],
    )


@contextmanager
def _bot_with_metrics(
    settings: Settings, plan: Nightly, port: int, database: Database, refresher: ChildRefresher
) -> Iterator[NextplayBot]:
    # Imported here: a bot without metrics does not carry the library.
    from bot.telemetry.metrics import Metrics, data_age  # noqa: PLC0415

    metrics = Metrics()
    refresher.add_end_listener(metrics.record_refresh)

    def observe(interaction: InteractionRecord) -> None:
        log_interaction(interaction)
        metrics.record_interaction(interaction)

    bot = _bot(settings, plan, database, refresher, observe)
    metrics.read_on_request(
        data_age=partial(data_age, database),
        gateway_latency=lambda: bot.latency,
        gateway_connected=lambda: _is_connected(bot),
    )
    with metrics.served(str(settings.metrics_host), port):
        yield bot


def _settle_last_refresh(database: Database) -> None:
    """Say what state the data are in: tables that wait for a refresh, or a last one that died."""
    with database.reader() as session:
        runs = queries.data_status(session, runs=1).runs
        if awaits_refill(session):
            log.warning("Some tables are new or were emptied by an upgrade; the next refresh fills them")
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

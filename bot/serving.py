"""Serving the real Discord: what `nextplay run` puts together."""

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import discord

from bot.client import NextplayBot
from bot.discord_refusals import DiscordRefusal, refusal_of
from bot.options import BotOptions
from bot.published.opening import open_store
from bot.published.serve import look_plan, refresher_of
from bot.published.state import state_of
from bot.refresh.process import ChildRefresher
from bot.refresh.schedule import Nightly
from bot.refresh.wanted import wanted_games
from bot.running import serve, stop_on_signals
from bot.settings import Settings, unknown_settings
from bot.settings.environment import DOTENV, repeated_names
from bot.shards.states import are_connected
from bot.system_refusals import SystemRefusal, sentence_about
from bot.telemetry.interactions import InteractionRecord, Observer
from bot.telemetry.logs import configure_logging, log_interaction
from store import Database, NextplayError, queries
from store.files.refill import WAITS_FOR_REFRESH, awaits_refill
from store.models import RunOutcome
from store.user_data.exposure import close_files

if TYPE_CHECKING:
    from bot.telemetry.metrics import Metrics

log = logging.getLogger(__name__)


def serve_discord(settings: Settings, token: str) -> None:
    """Serve until told to stop.

    An unexpected error ends the process with exit code 1; its trace is in the log.

    Args:
        settings: All settings; those of the log hold for the whole process from here on.
        token: The bot's token, which is never logged.

    Raises:
        DiscordRefusal: Discord cannot be reached, or does not let the bot in, now or any longer.
        SystemRefusal: The disk or the system refuses what the bot needs.
        NextplayError: The bot cannot start for another reason.
    """
    configure_logging(settings.log_level, settings.log_format, [token, *settings.secrets])
    # Nextplay has no voice features: discord.py's warning that their libraries are missing would mislead.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    for unknown in unknown_settings():
        log.warning("%s is no setting%s", unknown.name, f"; {unknown.nearest} is" if unknown.nearest else "")
    for repeated in repeated_names():
        log.warning("%s sets %s more than once; the last counts", DOTENV, repeated.name)
    try:
        _serve(settings, token)
    except NextplayError:
        raise
    except Exception as error:
        if (refusal := refusal_of(error)) is not None:
            raise refusal from error
        if isinstance(error, OSError) and error.errno is not None:
            raise SystemRefusal(sentence_about(error)) from error
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
    # Before anything is made, as it may be refused.
    plan = Nightly.from_settings(settings) if settings.store is None else None
    database = open_store(settings)
    try:
        database.upgrade()
        _look_after_user_data(database, settings.backup_folder)
        if settings.store is None:
            _settle_last_refresh(database)
        refresher = refresher_of(settings, partial(wanted_games, database))
        with _prepared(settings, plan, database, refresher) as bot:
            asyncio.run(serve(bot, token))
    finally:
        database.close()


def _bot(
    settings: Settings,
    plan: Nightly | None,
    database: Database,
    refresher: ChildRefresher,
    observer: Observer,
) -> NextplayBot:
    sources = settings.local_sources + settings.local_stores
    options = BotOptions(
        plan=plan,
        look_plan=look_plan(settings),
        observer=observer,
        part=settings.shard_part,
        owner_ids=settings.owners,
        folders=[*sources, *(source.parent for source in sources), settings.backup_folder],
        steam=settings.steam_people,
    )
    return NextplayBot(database, refresher, options)


@contextmanager
def _prepared(
    settings: Settings, plan: Nightly | None, database: Database, refresher: ChildRefresher
) -> Iterator[NextplayBot]:
    """Yield the bot, with its metrics and the API served beside it where a port is set."""
    with ExitStack() as beside:
        metrics = None
        if settings.metrics_port is None:
            bot = _bot(settings, plan, database, refresher, log_interaction)
        else:
            bot, metrics = _counted_bot(settings, plan, database, refresher)
            beside.enter_context(metrics.served(str(settings.metrics_host), settings.metrics_port))
        if settings.api_port is not None:
            # Imported here: a bot without it does not carry the libraries.
            from api.server import served

            registry = None if metrics is None else metrics.registry
            beside.enter_context(served(database, settings.api, registry))
        yield bot


def _counted_bot(
    settings: Settings, plan: Nightly | None, database: Database, refresher: ChildRefresher
) -> "tuple[NextplayBot, Metrics]":
    # Imported here: a bot without metrics does not carry the library.
    from api.metrics import data_age
    from bot.telemetry.metrics import Metrics

    metrics = Metrics()
    refresher.add_end_listener(metrics.record_refresh)

    def observe(interaction: InteractionRecord) -> None:
        log_interaction(interaction)
        metrics.record_interaction(interaction)

    bot = _bot(settings, plan, database, refresher, observe)
    metrics.read_on_request(
        data_age=partial(data_age, database),
        gateway_latency=lambda: bot.latency,
        gateway_connected=lambda: are_connected(bot.shard_states.read()),
        shards=bot.shard_states.read,
        is_leader=lambda: bot.is_leader,
    )
    if settings.store is not None:
        metrics.read_last_look(partial(state_of, database))
    return bot, metrics


def _look_after_user_data(database: Database, backup_folder: Path) -> None:
    """Close the files with people's data to others on the machine, and say what is wrong with them."""
    files = close_files(database.user_data_file.file, backup_folder)
    for file in files.closed:
        log.warning("Others on this machine could read %s; it is closed to them now", file)
    for file in files.left_open:
        log.error("Others on this machine may read %s, and it is not ours to close; run chmod 600", file)
    problem = database.user_data.problem()
    if problem is not None:
        log.error("No player is shown: %s", problem)


def _settle_last_refresh(database: Database) -> None:
    """Say what state the data are in: tables that wait for a refresh, or a last one that died."""
    with database.reader() as session:
        runs = queries.data_status(session, runs=1).runs
        if awaits_refill(session):
            log.warning(WAITS_FOR_REFRESH)
    if not runs or runs[0].outcome is not RunOutcome.RUNNING:
        return
    # Imported here: it rarely comes to this, and the bot does not carry what only a refresh uses.
    from bot.refresh.run import settle_interrupted

    if settle_interrupted(database):
        log.warning(
            "The refresh that began at %s was interrupted; the data of the run before it are served",
            runs[0].started_at.isoformat(timespec="seconds"),
        )

"""The Discord client: what it needs, how it starts, and how it stops."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot import errors
from bot.command_sync import ids_of, sync_if_changed
from bot.command_translator import CommandTranslator
from bot.gc_tuning import freeze_startup_objects
from bot.owners import owners_of
from bot.refresh.failure_notice import send_failure_notices
from bot.refresh.schedule import Nightly, Schedule
from bot.soundness import check_files
from bot.steam_options import SteamPeopleOptions
from bot.steam_people import SteamPeople
from bot.telemetry.interactions import Observer, record_error, track
from bot.telemetry.logs import log_interaction
from bot.under_way import UnderWay, tell_of_stop
from charts.rendering import ChartRenderer
from commands import registry
from commands.core import lasting_buttons
from commands.core.context import Context
from commands.core.cooldowns import HEAVY_COMMANDS, Cooldowns
from commands.core.host_details import HostDetails
from commands.core.late_charts import LateCharts
from commands.core.provenance import footer
from commands.core.recently_shown import RecentlyShown
from commands.core.refresher import Refresher
from commands.core.services import BotClient, Interaction, Services
from commands.core.user_data import UserDataRepository
from commands.core.views import ExpiredButtons, ExpiredMenus
from localization.translations import Locales
from store import Database, StoreError, queries
from store.audience import Audience
from store.executor import QueryExecutor
from store.query_runner import QueryRunner
from store.scoring.weights import preload_weights

log = logging.getLogger(__name__)

# A stop leaves commands this long to finish.
_FINISH_SECONDS = 3.0
# Reading the weights of all games takes a fraction of a second, more from a slow disk.
_SECONDS_TO_READ_AHEAD = 60.0


class Tree(app_commands.CommandTree[Any]):
    """The commands, with one handler for all that goes wrong in them."""

    def __init__(self, client: discord.Client, observer: Observer) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._observer = observer

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Take note of every interaction as it begins, so that a stop can let it finish; load its context."""
        task = asyncio.current_task()
        assert task is not None
        track(interaction, task, self._observer)
        if interaction.type is discord.InteractionType.application_command:
            await Context.load(interaction)
        return await interaction.client.begin(interaction)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Hand every error to the central handler."""
        record_error(interaction, await errors.handle(interaction, error))


class NextplayBot(BotClient):
    """Serves the commands over one database."""

    def __init__(
        self,
        database: Database,
        refresher: Refresher,
        *,
        plan: Nightly | None = None,
        sync_record: Path | None = None,
        locales: Locales | None = None,
        charts: LateCharts | None = None,
        defer_after: float = 1.5,
        button_timeout: float = 180.0,
        poll_seconds: float = 5.0,
        cooldowns: Cooldowns | None = None,
        executor: QueryExecutor | None = None,
        observer: Observer = log_interaction,
        owner_ids: Collection[int] = (),
        folders: Collection[Path] = (),
        steam: SteamPeopleOptions | None = None,
    ) -> None:
        """Prepare to serve `database`; nothing is opened yet.

        `plan` is when to refresh by itself, None never. `sync_record` is the file that remembers which
        commands Discord was sent; it is kept beside the database where none is given. `observer` hears how
        each command ended. Every `poll_seconds` it looks whether anybody has refreshed the data. `owner_ids`
        are in charge of the bot; where there are none, whoever owns the application is. No reply names
        `folders`, or that of the database. `steam` is how people's own accounts are asked for.
        """
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.tree: Tree = Tree(self, observer)
        self._schedule = (
            None
            if plan is None
            else Schedule(plan, refresher, self._last_refresh, on_failure=partial(send_failure_notices, self))
        )
        self._database = database
        self._poll_seconds = poll_seconds
        self._sync_record = sync_record or database.file.with_suffix(".commands")
        self._refresher = refresher
        self._executor = executor or QueryExecutor("query")
        self._owner_ids = frozenset(owner_ids)
        self._under_way = UnderWay()
        locales = locales or Locales()
        self._people = SteamPeople(steam or SteamPeopleOptions(), locales)
        self.services = Services(
            query_runners={
                audience: QueryRunner(database, self._executor, audience) for audience in Audience
            },
            user_data=UserDataRepository(database, self._executor),
            locales=locales,
            charts=charts or LateCharts(ChartRenderer()),
            refresher=refresher,
            cooldowns=cooldowns or Cooldowns(*HEAVY_COMMANDS),
            recently_shown=RecentlyShown(),
            next_refresh=self._next_refresh,
            hide_details=HostDetails([*folders, database.file.parent]).hide,
            steam=self._people.accounts,
            sign_ins=self._people.sign_ins,
            defer_after=defer_after,
            button_timeout=button_timeout,
        )

    @property
    def owner_ids(self) -> frozenset[int]:
        """The Discord ids of those in charge of the bot; nobody before it is logged in."""
        if self._owner_ids or self.application is None:
            return self._owner_ids
        return owners_of(self.application)

    async def setup_hook(self) -> None:
        """Load the commands, tell Discord of them, and begin to keep the schedule."""
        found = registry.collect()
        for command in found.commands:
            self.tree.add_command(command)
        self.add_view(ExpiredButtons(found.button_ids))
        self.add_view(ExpiredMenus(found.menu_ids))
        self.add_dynamic_items(*lasting_buttons.KINDS)
        self.game_actions = found.game_actions
        self.suggest_for_asker = found.suggest_for_asker
        await self.tree.set_translator(CommandTranslator(self.services.locales))
        synced = await sync_if_changed(self.tree, self._sync_record)
        self.command_ids = await ids_of(self.tree)
        if self._schedule is not None:
            await self._schedule.start()
        await self._people.start(self.services.user_data)
        log.info(
            "%s serves %d commands (%s): %s",
            self.user,
            len(self.tree.get_commands()),
            "synced" if synced else "known to Discord",
            await self._describe_data(),
        )

    async def finish(self, seconds: float) -> None:
        """Wait for the interactions under way, but no longer than so many seconds."""
        await self._under_way.finish(seconds)

    async def close(self) -> None:
        """Stop: start no refresh, end the one under way, let commands finish or say so, leave Discord."""
        if self._schedule is not None:
            self._schedule.stop()
        self._under_way.is_ending = True
        await asyncio.gather(self._refresher.stop(), self.finish(_FINISH_SECONDS))
        await self._under_way.give_up()
        await self._people.close()
        await super().close()
        await self.services.charts.close()
        self._executor.close()
        self.services.user_data.close()

    async def keep_warm(self) -> None:
        """Freeze what the start has made and read the weights ahead, so that no command waits for either.

        Ends when cancelled.
        """
        await self.wait_until_ready()
        freeze_startup_objects()
        seen = None
        while True:
            mark = self._database.change_token()
            if mark != seen:
                seen = mark
                with contextlib.suppress(StoreError):  # commands that need the data report it
                    await self.services.query_runner.run(preload_weights, seconds=_SECONDS_TO_READ_AHEAD)
            await asyncio.sleep(self._poll_seconds)

    async def check_files(self) -> None:
        """Look for damage in the database files once the bot serves. Ends early when cancelled."""
        await self.wait_until_ready()
        await check_files((self._database, self._database.user_data))

    async def begin(self, interaction: Interaction) -> bool:
        """Take note of an interaction as it begins; one that comes after the end is told so, and False."""
        if self._under_way.is_ending:
            if interaction.type is not discord.InteractionType.autocomplete:
                await tell_of_stop(interaction)
            return False
        self._under_way.add(interaction)
        return True

    async def handle_error(self, interaction: Interaction, error: Exception) -> None:
        """Hand an error under a button to the central handler."""
        await errors.handle(interaction, error)

    def _next_refresh(self) -> datetime | None:
        return None if self._schedule is None else self._schedule.next_refresh()

    async def _last_refresh(self) -> datetime | None:
        try:
            return (await self.services.query_runner.run(queries.provenance)).refreshed_at
        except StoreError:
            return None

    async def _describe_data(self) -> str:
        try:
            status = await self.services.query_runner.run(queries.data_status)
            source = await self.services.query_runner.run(queries.provenance)
        except StoreError as error:
            return f"no data yet ({error})"
        counts = status.counts
        size = f"{counts.games:,} games, {counts.players:,} players, {counts.reviews:,} reviews"
        return f"{size}; {footer(source, self.services.locales.translations())}"


async def serve(bot: NextplayBot, token: str) -> None:
    """Run `bot` until it is told to stop by SIGTERM or SIGINT, then stop cleanly.

    Raises LoginFailure if Discord does not know the token.
    """
    stop = asyncio.Event()
    with stop_on_signals(stop):
        async with bot:
            running = asyncio.create_task(bot.start(token), name="bot")
            stopping = asyncio.create_task(stop.wait(), name="stop")
            beside = (
                asyncio.create_task(bot.keep_warm(), name="keep warm"),
                asyncio.create_task(bot.check_files(), name="check files"),
            )
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            for task in (stopping, *beside):
                task.cancel()
            if running.done():
                running.result()
            else:
                log.info("Stopping")
                await bot.close()
                # It may be waiting for Discord still; what a start that was stopped raises is of no interest.
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)


@contextlib.contextmanager
def stop_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` at SIGTERM or SIGINT for as long as the block lasts."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)
    try:
        for number in numbers:
            loop.add_signal_handler(number, stop.set)
    except (NotImplementedError, RuntimeError):
        # Windows, or a thread other than the main one: Ctrl+C cancels the program as usual.
        yield
        return
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)

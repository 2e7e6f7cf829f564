"""The Discord client: what it needs, how it starts, and how it stops."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import aiohttp
import discord

from bot.background import Background
from bot.command_tree.sync import ids_of
from bot.command_tree.translator import CommandTranslator
from bot.command_tree.tree import Tree
from bot.errors import handling
from bot.leader_duties import LeaderDuties
from bot.options import BotOptions
from bot.owners import owners_of
from bot.published.schedule import Looks
from bot.published.state import state_of
from bot.refresh.failure_notice import send_failure_notices
from bot.refresh.schedule import Nightly, Schedule
from bot.shards.identify import IdentifyTurns
from bot.shards.leader import Leadership
from bot.shards.reports import ShardReports
from bot.shards.start import CONNECTIONS, prepare_shards
from bot.shards.states import ShardStates
from bot.stale_interactions import answer_unclaimed, claim
from bot.steam_people import SteamPeople
from bot.telemetry.interactions import (
    HandledError,
    InteractionOutcome,
    InteractionRecord,
    record_error,
)
from bot.under_way import UnderWay, report_stop, turn_away
from commands import registry
from commands.core.buttons import lasting_buttons
from commands.core.buttons.views import expired_views
from commands.core.replies.host_details import HostDetails
from commands.core.replies.provenance import footer
from commands.core.services.asked_games import AskedGames
from commands.core.services.open_views import OpenViews
from commands.core.services.places import Places
from commands.core.services.recently_shown import RecentlyShown
from commands.core.services.refresher import Refresher, RefreshResult
from commands.core.services.rounds import Rounds
from commands.core.services.services import BotClient, Interaction, Services
from commands.core.services.user_data import UserDataRepository
from store import Database, StoreError, queries
from store.execution.query_runner import QueryRunner
from store.people.audience import Audience

log = logging.getLogger(__name__)

# A stop leaves commands this long to finish.
_FINISH_SECONDS = 3.0


class NextplayBot(BotClient):
    """Serves the commands over one database."""

    def __init__(self, database: Database, refresher: Refresher, options: BotOptions | None = None) -> None:
        """Prepare to serve `database`; nothing is opened yet."""
        options = options or BotOptions()
        part = options.part
        with _no_servers_are_meant():
            super().__init__(
                intents=discord.Intents.none(),
                allowed_mentions=discord.AllowedMentions.none(),
                max_messages=None,
                member_cache_flags=discord.MemberCacheFlags.none(),
                chunk_guilds_at_startup=False,
                # Without the intent Discord sends no servers, so that there are none to wait for.
                guild_ready_timeout=0,
                shard_count=None if part is None else part.total,
            )
        self.shard_ids = None if part is None else part.ids
        self.shard_states = ShardStates(self)
        self._observer = options.observer
        self.tree: Tree = Tree(self, self._observe)
        look_plan = options.look_plan
        self._looks = None if look_plan is None else Looks(look_plan, refresher, self._notify_of_failure)
        self._database = database
        self._shared = options.sync_record or database.file.with_suffix(".commands")
        self._executor = options.executor
        user_data = UserDataRepository(database, self._executor)
        self._people = SteamPeople(options.steam, options.locales, user_data)
        self._duties = LeaderDuties(
            self.tree, self._shared, options.plan, self._new_schedule, self._people.refresh_libraries
        )
        self._leadership: Leadership | None = None
        self._identify_turns = options.identify_turns or IdentifyTurns(
            database.user_data.claim, problem=database.user_data.problem
        )
        self._shard_reports = ShardReports(self._shared.with_suffix(".shards"))
        self._refresher = refresher
        self._owner_ids = frozenset(options.owner_ids)
        self._under_way = UnderWay()
        self.services = self._services(options, user_data)
        self.background = Background(
            self, database, self.services.query_runner, self._shard_reports, options.poll_seconds
        )

    def _services(self, options: BotOptions, user_data: UserDataRepository) -> Services:
        """Return what commands work with."""
        database = self._database
        return Services(
            query_runners={
                audience: QueryRunner(database, self._executor, audience) for audience in Audience
            },
            user_data=user_data,
            locales=options.locales,
            charts=options.charts,
            refresher=self._refresher,
            cooldowns=options.cooldowns,
            recently_shown=RecentlyShown(),
            asked_games=AskedGames(user_data),
            next_refresh=self._next_refresh,
            published=partial(state_of, database),
            rounds=Rounds(),
            admission=options.admission,
            open_views=OpenViews(),
            places=Places(self, options.admission),
            shard_reports=lambda: self._shard_reports.read(datetime.now(UTC)),
            hide_details=HostDetails([*options.folders, database.file.parent]).hide,
            wishlists=self._people.wishlists,
            steam=self._people.accounts,
            sign_ins=self._people.sign_ins,
            defer_after=options.defer_after,
            respond_within=options.respond_within,
            button_timeout=options.button_timeout,
        )

    @property
    def owner_ids(self) -> frozenset[int]:
        """The Discord ids of those in charge of the bot; nobody before it is logged in."""
        if self._owner_ids or self.application is None:
            return self._owner_ids
        return owners_of(self.application)

    @property
    def is_leader(self) -> bool:
        """Whether this process keeps the schedule."""
        return self._leadership is not None and self._leadership.is_leader

    async def login(self, token: str) -> None:
        """Log in. Raises LoginFailure if Discord does not know the token."""
        # With no limit, many people at once would have as many connections opened, each with its handshakes.
        self.http.connector = aiohttp.TCPConnector(limit=0, limit_per_host=CONNECTIONS)
        await super().login(token)

    async def setup_hook(self) -> None:
        """Load the commands, tell Discord of them, and begin to keep the schedule."""
        found = registry.collect()
        for command in (*found.commands, *found.context_menus):
            self.tree.add_command(command)
        for view in expired_views(found.button_ids, found.menu_ids):
            self.add_view(view)
        self.add_dynamic_items(*lasting_buttons.KINDS)
        self.game_actions = found.game_actions
        self.suggest_for_asker = found.suggest_for_asker
        await self.tree.set_translator(CommandTranslator(self.services.locales))
        self.shard_count = await prepare_shards(self, self._identify_turns)
        shared = self._database.user_data
        shared.watch(partial(self._forget, asyncio.get_running_loop()))
        self._leadership = Leadership(
            shared.claim(f"leader-{self.application_id}"), begin=self._duties.begin, end=self._duties.end
        )
        await self._leadership.start()
        if self._looks is not None:
            await self._looks.start()
        self.command_ids = await ids_of(self.tree)
        await self._people.start()
        log.info(
            "%s serves %d commands (%s): %s",
            self.user,
            len(self.tree.get_commands()),
            "synced" if self._duties.has_synced else "known to Discord",
            await self._describe_data(),
        )

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until Discord lets the shard in, beside those of other processes."""
        await self._identify_turns.take(shard_id or 0)

    async def finish(self, seconds: float) -> None:
        """Wait for the interactions under way, but no longer than this many seconds."""
        await self._under_way.finish(seconds)

    async def close(self) -> None:
        """Stop: start no refresh, end the one under way, let commands finish or say so, leave Discord."""
        if self._leadership is not None:
            self._leadership.end()
        if self._looks is not None:
            self._looks.stop()
        self._under_way.is_ending = True
        await asyncio.gather(self._refresher.stop(), self.finish(_FINISH_SECONDS))
        await self._under_way.give_up()
        if self._leadership is not None:
            await self._leadership.release()
        await self._people.close()
        self.services.asked_games.close()
        await super().close()
        await self.services.charts.close()
        self._executor.close()
        self.services.user_data.close()

    async def begin(self, interaction: Interaction) -> bool:
        """Take note of an interaction as it begins; return False after the end, of which the person hears."""
        claim(interaction)
        if self._under_way.is_ending:
            if interaction.type is not discord.InteractionType.autocomplete:
                await report_stop(interaction)
            return False
        admission = self.services.admission
        is_typing = interaction.type is discord.InteractionType.autocomplete
        if (is_typing and admission.is_crowded) or not admission.enter():
            record_error(interaction, HandledError(InteractionOutcome.TURNED_AWAY))
            with admission.acknowledging():
                await turn_away(interaction)
            return False
        self._under_way.add(interaction)
        return True

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer what was pressed or sent where nothing else does."""
        await answer_unclaimed(interaction)

    async def handle_error(self, interaction: Interaction, error: Exception) -> None:
        """Hand an error under a button to the central handler."""
        claim(interaction)
        await handling.handle(interaction, error)

    def _observe(self, interaction: InteractionRecord) -> None:
        if interaction.kind == "command":
            self.shard_states.count_command(interaction.shard)
        self._observer(interaction)

    def _forget(self, loop: asyncio.AbstractEventLoop, discord_id: int | None) -> None:
        """Forget whom another process has forgotten. Called by a thread."""
        with contextlib.suppress(RuntimeError):  # the bot has ended
            loop.call_soon_threadsafe(self.services.forget, discord_id)

    def _new_schedule(self, plan: Nightly) -> Schedule:
        failure = partial(send_failure_notices, self)
        return Schedule(plan, self._refresher, self._last_refresh, on_failure=failure)

    async def _notify_of_failure(self, result: RefreshResult) -> None:
        """Report a look that failed. Every process looks, but only the leader reports."""
        if self.is_leader:
            await send_failure_notices(self, result)

    def _next_refresh(self) -> datetime | None:
        return self._duties.next_refresh() if self._looks is None else self._looks.next_refresh()

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


@contextlib.contextmanager
def _no_servers_are_meant() -> Iterator[None]:
    """Keep discord.py from warning that it will know no servers."""
    state_log = logging.getLogger("discord.state")
    state_log.disabled = True
    try:
        yield
    finally:
        state_log.disabled = False

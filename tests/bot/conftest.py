"""The bot on a loopback Discord of its own, over a real store."""

import gc
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.client import NextplayBot
from bot.options import BotOptions
from bot.shards.identify import IdentifyTurns
from commands.core.services.cooldowns import Cooldowns
from commands.core.services.refresher import Refresher
from playground import LocalDiscord, SimulatedUser
from playground.pytest_plugin import StartClient
from playground.world.model import Application
from store import Database, queries
from store.models import NameKind
from tests.bot.processes import MANAGE_GUILD, start, template
from tests.bot.refreshers import ManualRefresher
from tests.copies import NewStore, copy_of

__all__ = ["MANAGE_GUILD", "Serve", "Served", "start", "template"]


@dataclass(frozen=True, slots=True)
class Served:
    """A server with a member, and an admin who owns the bot, in front of it as it runs."""

    discord: LocalDiscord
    database: Database
    application: Application
    bot: NextplayBot
    refresher: ManualRefresher
    member: SimulatedUser
    admin: SimulatedUser


Serve = Callable[..., Awaitable[Served]]


@pytest.fixture
def empty_store(new_store: NewStore, tmp_path: Path) -> Database:
    """A store with tables and no data."""
    return new_store(tmp_path / "empty.sqlite3")


@pytest.fixture
def own_store(sample_store: Database, tmp_path: Path) -> Iterator[Database]:
    """A copy of the generated sample for one test, which may write to it."""
    database = copy_of(sample_store, tmp_path / "own.sqlite3")
    yield database
    database.close()


@pytest.fixture
async def serve(local_discord: LocalDiscord, start_client: StartClient, tmp_path: Path) -> Serve:
    """Starts the bot over a database: `await serve(database)`, with the bot's own options by name.

    `restarting` is a server whose bot was closed and starts again.
    """

    async def start(
        database: Database,
        *,
        prepare: Callable[[NextplayBot], None] | None = None,
        refresher: Refresher | None = None,
        restarting: Served | None = None,
        **options: Any,
    ) -> Served:
        if restarting is None:
            root = local_discord.world.add_user("Root")
            application = local_discord.add_application("Nextplay", owner=root)
            guild = local_discord.add_guild("Sample server")
            local_discord.install(application, guild)
        else:
            application = restarting.application
            local_discord.clock.advance(5.0)  # or it would wait so long for another start's limits to pass
        by_hand = ManualRefresher()
        # Tests are faster than people.
        options.setdefault("cooldowns", Cooldowns(10_000, 1.0))
        # A machine that tests share stalls, and a reply that thinks first is not what they ask about.
        options.setdefault("defer_after", 2.5)
        # So that a bot that starts again need not wait.
        data = database.user_data
        options.setdefault(
            "identify_turns", IdentifyTurns(data.claim, problem=data.problem, seconds_apart=0.0)
        )
        how = BotOptions(sync_record=tmp_path / "synced", **options)
        bot = NextplayBot(database, refresher or by_hand, how)
        if prepare is not None:
            prepare(bot)
        await start_client(bot, application)
        if restarting is not None:
            return replace(restarting, bot=bot, refresher=by_hand)
        member = local_discord.person(guild.add_member("Ana"))
        admin = local_discord.person(guild.add_member("Root", permissions=MANAGE_GUILD, user=root))
        await member.ready_commands()
        return Served(local_discord, database, application, bot, by_hand, member, admin)

    return start


@pytest.fixture
def own_collector() -> Iterator[None]:
    """Garbage is collected as before once the test has ended."""
    thresholds = gc.get_threshold()
    gc.unfreeze()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.fixture
async def served(serve: Serve, own_store: Database) -> Served:
    """The bot over a copy of the sample."""
    return await serve(own_store)


@pytest.fixture
def person(served: Served) -> SimulatedUser:
    """A member."""
    return served.member


@pytest.fixture
def ben(served: Served) -> SimulatedUser:
    """Another member."""
    guild = served.member.channel.guild
    assert guild is not None
    return served.discord.person(guild.add_member("Ben"))


@pytest.fixture(scope="session")
def players(sample_store: Database) -> list[str]:
    """Three players of the data."""
    with sample_store.reader() as session:
        return [choice.value for choice in queries.complete(session, NameKind.PLAYER, "", 3)]

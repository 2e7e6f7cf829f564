"""What commands work with, and what they expect of the client that runs them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

import discord
from discord import app_commands

from commands.core.services.admission import Admission
from commands.core.services.asked_games import AskedGames
from commands.core.services.cooldowns import Cooldowns
from commands.core.services.late_charts import LateCharts
from commands.core.services.open_views import OpenViews
from commands.core.services.places import Places
from commands.core.services.published import PublishedState
from commands.core.services.recently_shown import RecentlyShown
from commands.core.services.refresher import Refresher
from commands.core.services.rounds import Rounds
from commands.core.services.shard_reports import ShardReport
from commands.core.services.sign_ins import SignIns
from commands.core.services.user_data import UserDataRepository
from localization.translations import Locales
from store.execution.query_runner import QueryRunner
from store.people.audience import Audience
from store.steam_protocols import SteamAccounts, Wishlists


class _Memory(Protocol):
    """What remembers something of people for a while."""

    def forget(self, discord_id: int, /) -> None: ...

    def clear(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Services:
    """What commands work with.

    A command that has not responded after `defer_after` seconds (0: any command) defers; Discord gives up
    after three, and a response that it has not taken after `respond_within` seconds is given up. Buttons work
    for `button_timeout` seconds after they were last pressed. `hide_details` takes folders and secrets of the
    machine out of a sentence. Each audience has a query runner of its own.
    `asked_games` counts which games are asked about, and not by whom.
    `published` tells of the store where it is published elsewhere, None otherwise;
    `admission` says how many are answered at a time, `open_views` which buttons are listened for,
    `places` where interactions happen, `shard_reports` how the shards of all processes are.
    `wishlists` is asked for people's wishlists, `steam` for their accounts, None where there is no key;
    `sign_ins` proves whose accounts they are, None where nobody could reach its page.
    """

    query_runners: Mapping[Audience, QueryRunner]
    user_data: UserDataRepository
    locales: Locales
    charts: LateCharts
    refresher: Refresher
    cooldowns: Cooldowns
    recently_shown: RecentlyShown
    asked_games: AskedGames
    rounds: Rounds
    next_refresh: Callable[[], datetime | None]
    hide_details: Callable[[str], str]
    published: Callable[[], PublishedState | None]
    admission: Admission
    open_views: OpenViews
    places: Places
    shard_reports: Callable[[], Sequence[ShardReport]]
    wishlists: Wishlists
    steam: SteamAccounts | None = None
    sign_ins: SignIns | None = None
    defer_after: float = 1.5
    respond_within: float = 10.0
    button_timeout: float = 180.0

    def forget(self, discord_id: int | None) -> None:
        """Drop what this process remembers of a person; with None, of everybody."""
        memories: list[_Memory | None] = [self.cooldowns, self.recently_shown, self.rounds, self.sign_ins]
        for memory in memories:
            if memory is None:
                continue
            if discord_id is None:
                memory.clear()
            else:
                memory.forget(discord_id)

    @property
    def query_runner(self) -> QueryRunner:
        """What asks for everyone."""
        return self.query_runners[Audience.EVERYONE]


class BotClient(discord.AutoShardedClient):
    """A client with services and a command tree."""

    services: Services
    tree: app_commands.CommandTree[Any]
    # What the features do with a game whose button is pressed, by the action's name.
    game_actions: Mapping[str, "GameAction"] = MappingProxyType({})
    # Replies with suggestions for whoever asks, below an embed; a feature has it.
    suggest_for_asker: "SuggestForAsker"
    # Discord's ids of the commands, by name; those that are not known yet are missing.
    command_ids: Mapping[str, int] = MappingProxyType({})

    @property
    def owner_ids(self) -> frozenset[int]:
        """The Discord ids of those in charge of the bot, and so of what concerns every server."""
        raise NotImplementedError

    async def begin(self, interaction: "Interaction") -> bool:
        """Take note of an interaction as it begins; return False where it may not, of which it is told."""
        raise NotImplementedError

    async def handle_error(self, interaction: "Interaction", error: Exception) -> None:
        """Tell the person of an error outside a command, such as under a button."""
        raise NotImplementedError


Interaction: TypeAlias = discord.Interaction[BotClient]

# The type that overridden methods of discord.py are declared with.
AnyInteraction: TypeAlias = discord.Interaction[Any]

# Does something with the game of an app id for whoever pressed a button.
GameAction: TypeAlias = Callable[[Interaction, int], Awaitable[None]]

# Suggests games for whoever asks, by the person's profile, below an embed; only to the person.
SuggestForAsker: TypeAlias = Callable[[Interaction, discord.Embed], Awaitable[None]]

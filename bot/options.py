"""How a bot serves: what differs between a server, the demo and a test."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from bot.published.schedule import LookPlan
from bot.refresh.schedule import Nightly
from bot.shards.identify import IdentifyTurns
from bot.shards.part import ShardPart
from bot.steam_options import SteamPeopleOptions
from bot.telemetry.interactions import Observer
from bot.telemetry.logs import log_interaction
from charts.rendering import ChartRenderer
from commands.core.services.admission import Admission
from commands.core.services.cooldowns import HEAVY_COMMANDS, Cooldowns
from commands.core.services.late_charts import LateCharts
from localization.translations import Locales
from store.execution.executor import QueryExecutor


@dataclass(frozen=True, slots=True, kw_only=True)
class BotOptions:
    """The options of a bot beside its database and refresher; the defaults are those of a server.

    Attributes:
        plan: When it refreshes by itself; None is never.
        look_plan: How often it looks for a newer published store; None is never.
        part: The shards that it serves; None is all that Discord recommends.
        identify_turns: Lets the shards of several processes connect in turn; None is by a claim of the
            user data.
        sync_record: The file that remembers which commands Discord was sent, beside which lies what several
            processes share; None is one beside the database.
        locales: The languages that it speaks.
        charts: Draws what stands below replies.
        defer_after: The seconds after which Discord is told that a reply is coming.
        respond_within: The seconds after which a response that Discord has not taken is given up.
        button_timeout: The seconds for which buttons are listened for.
        poll_seconds: How far apart it looks whether anybody has refreshed the data.
        cooldowns: How often a person may ask for what reads much.
        admission: How many interactions are answered at a time.
        executor: Runs the queries.
        observer: Hears how each interaction ended.
        owner_ids: The Discord ids of those in charge; none is whoever owns the application.
        folders: What no reply may name, beside the folder of the database.
        steam: How people's own accounts are asked for.
    """

    plan: Nightly | None = None
    look_plan: LookPlan | None = None
    part: ShardPart | None = None
    identify_turns: IdentifyTurns | None = None
    sync_record: Path | None = None
    locales: Locales = field(default_factory=Locales)
    charts: LateCharts = field(default_factory=lambda: LateCharts(ChartRenderer()))
    defer_after: float = 1.5
    respond_within: float = 10.0
    button_timeout: float = 180.0
    poll_seconds: float = 5.0
    cooldowns: Cooldowns = field(default_factory=lambda: Cooldowns(*HEAVY_COMMANDS))
    admission: Admission = field(default_factory=Admission)
    executor: QueryExecutor = field(default_factory=lambda: QueryExecutor("query"))
    observer: Observer = log_interaction
    owner_ids: Collection[int] = ()
    folders: Collection[Path] = ()
    steam: SteamPeopleOptions = field(default_factory=SteamPeopleOptions)

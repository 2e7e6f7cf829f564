"""A source that asks a local Steam, on whose clock it waits."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select

from ingest.clean.rows import CleanGame, CleanReview
from ingest.sources.steam.kept import KeptFile
from ingest.sources.steam.kept.models import AppState, KeptBase
from ingest.sources.steam.settings import SteamHosts, SteamSettings
from ingest.sources.steam.source import SteamSource
from playground.steam import LocalSteam, World
from store.runs import SilentProgress


@dataclass
class WorldClock:
    """The time of the world; who sleeps by it moves it on."""

    world: World
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.world.clock.now(), UTC)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.world.advance(seconds=seconds)


@dataclass
class Nights:
    """Runs of a source against one Steam, each with a source of its own as every process has."""

    steam: LocalSteam
    kept: Path
    settings: SteamSettings
    source: SteamSource = field(init=False)
    clock: WorldClock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = WorldClock(self.steam.world)

    def run(self, **changes: Any) -> SteamSource:
        """Fetch, with some settings changed."""
        self.steam.world.calls.forget()
        self.source = SteamSource(replace(self.settings, **changes), self.kept, clock=self.clock)
        self.source.fetch(SilentProgress())
        return self.source

    @property
    def games(self) -> dict[int, CleanGame]:
        return {game.id: game for game in self.source.games(SilentProgress())}

    @property
    def reviews(self) -> list[CleanReview]:
        return list(self.source.reviews(SilentProgress()))

    @property
    def asked(self) -> Counter[str]:
        """How often each method was asked since the run began."""
        return Counter(call.method.rpartition("/")[2] for call in self.steam.world.calls.of())

    def state(self, app: int) -> AppState:
        with KeptFile(self.kept).writer() as session:
            return session.get_one(AppState, app)

    def rows(self, model: type[KeptBase]) -> list[Any]:
        with KeptFile(self.kept).writer() as session:
            return list(session.scalars(select(model)))


def nights(steam: LocalSteam, folder: Path, **changes: Any) -> Nights:
    """Return runs against a Steam; with its key, in English, and quick to ask."""
    settings = SteamSettings(
        key=SecretStr(steam.key),
        languages=("english",),
        review_games=5,
        hosts=SteamHosts(steam.api, steam.store, steam.community),
    )
    return Nights(steam, folder / "nextplay.steam.sqlite3", replace(settings, **changes))

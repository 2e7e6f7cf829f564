"""What the bot hands to the process that refreshes. Imports little, so that the process reports at once."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol, Self, TypeAlias

from bot.steam_options import SteamOptions

# Returns the app ids of games that Steam is to be asked for before others.
Wanted: TypeAlias = Callable[[], tuple[int, ...]]


class RefreshSettings(Protocol):
    """The settings that a refresh uses."""

    @property
    def database(self) -> Path:
        """The file of the store."""

    @property
    def backup_folder(self) -> Path:
        """Where the store is copied to before it changes."""

    @property
    def backups_kept(self) -> int:
        """How many copies stay there."""

    @property
    def max_reject_percent(self) -> float:
        """The share of a file that may be unreadable, 0 to 100."""

    @property
    def crawl_year(self) -> int:
        """The year of a review date that names none."""

    @property
    def steam(self) -> SteamOptions:
        """How Steam is asked, where it is a source."""

    @property
    def anonymous_players(self) -> int:
        """How many people without names training learns from, at most."""


class SourceSettings(RefreshSettings, Protocol):
    """The same, with what is read."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The folders, files and addresses of the raw files, and `steam` for Steam itself."""


@dataclass(frozen=True, slots=True)
class RefreshRequest:
    """What to refresh, and how: what is at `sources` into `database`.

    It ends with the process `owner`, which started the one that refreshes, if that is said.
    """

    database: Path
    sources: tuple[str, ...]
    backup_folder: Path
    backups_kept: int
    max_reject_percent: float
    crawl_year: int
    anonymous_players: int
    force: bool = False
    started_by: str = "schedule"
    owner: int | None = None
    steam: SteamOptions = field(default_factory=SteamOptions)

    @classmethod
    def from_settings(cls, settings: SourceSettings) -> Self:
        """Return the request for a refresh of the configured store from the configured source."""
        return cls(
            database=settings.database,
            sources=settings.sources,
            backup_folder=settings.backup_folder,
            backups_kept=settings.backups_kept,
            max_reject_percent=settings.max_reject_percent,
            crawl_year=settings.crawl_year,
            steam=settings.steam,
            anonymous_players=settings.anonymous_players,
        )

    def with_wanted(self, games: tuple[int, ...]) -> Self:
        """Return the same, with the app ids of games that Steam is to be asked for before others."""
        return replace(self, steam=replace(self.steam, wanted=games))

    def for_child(self, started_by: str, *, force: bool, owner: int) -> Self:
        """Return the same request, started by somebody, for a child that ends with the process `owner`."""
        return replace(self, started_by=started_by, force=force, owner=owner)

    def to_json(self) -> str:
        """Write it for the other process."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        fields = json.loads(text)
        fields["database"] = Path(fields["database"])
        fields["backup_folder"] = Path(fields["backup_folder"])
        fields["sources"] = tuple(fields["sources"])
        steam = fields["steam"]
        lists = {name: tuple(steam[name]) for name in ("languages", "wanted")}
        fields["steam"] = SteamOptions(**{**steam, **lists})
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class RequestForWanted:
    """A request whose refresh asks Steam first for the games that are `wanted` when it is started."""

    request: RefreshRequest
    wanted: Wanted

    def for_child(self, started_by: str, *, force: bool, owner: int) -> RefreshRequest:
        """Return the request with these games; they are looked up now."""
        request = self.request.with_wanted(self.wanted())
        return request.for_child(started_by, force=force, owner=owner)

"""What can be set about a run."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.sources.steam.settings import SteamSettings
    from ingest.sources.steam_files.libraries import ReadLibraries


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """How a run goes.

    A run stops before it applies if more than `max_reject_share` (0 to 1) of a file is refused, or if games,
    players or reviews are fewer by more than `max_drop` (0 to 1) than in the last run; `force` lets it go on,
    and reads files again that have not changed. `crawl_year` is the year that Steam left out of dates.
    `processes` may work at once. `steam` says how Steam is asked where it is a source; None as usual.
    Training learns from `most_anonymous` people without names at most. `read_libraries` reads the items file;
    None is this process.
    """

    max_reject_share: float = 0.05
    max_drop: float = 0.20
    force: bool = False
    crawl_year: int = 2016
    processes: int = 2
    steam: "SteamSettings | None" = None
    most_anonymous: int = 200_000
    read_libraries: "ReadLibraries | None" = None

"""Times the first ingest, stage by stage, and training after it, each with its peak memory.

    python -m benchmarks.ingest ../shared/steam/steam_games.json.gz ../shared/steam/user_reviews.json.gz \
        ../shared/steam/users_items_full.json.gz [--train]

`benchmarks.full_size` compares this with the way that notebooks do it, and measures much else.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Measured, apart, machine
from bot.refresh.request import RefreshRequest
from bot.refresh.run import refresh_store, retrain_store
from ingest import RunReport, SteamFiles, find_files
from store.runs import SilentProgress

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class First:
    """A first refresh in two parts: the ingest, and training if that was asked for."""

    ingest: Measured[RunReport]
    training: Measured[RunReport] | None
    database: int


def first_refresh(file: Path, sources: SteamFiles, *, train: bool) -> First:
    """Fill the store `file` and train on it, each in a process of its own."""
    ingest = apart(refresh, file, sources, False)
    return First(ingest, apart(retrain, file, sources) if train else None, file.stat().st_size)


def median_of(rounds: Sequence[First]) -> First:
    """Return the ingest and the training of median seconds, each with the most memory that one took.

    Args:
        rounds: Several first refreshes from the same files; of an even number the slower middle one counts.
    """
    trainings = [first.training for first in rounds if first.training is not None]
    return First(
        _median([first.ingest for first in rounds]),
        _median(trainings) if trainings else None,
        rounds[-1].database,
    )


def _median(measured: Sequence[Measured[Result]]) -> Measured[Result]:
    by_seconds = sorted(measured, key=lambda one: one.seconds)
    return replace(by_seconds[len(by_seconds) // 2], peak=max(one.peak for one in measured))


def refresh(file: Path, sources: SteamFiles, with_training: bool = True) -> RunReport:
    """Refresh the store `file` as the bot's child process does."""
    request = _request(file, sources)
    return refresh_store(request, request.sources, progress=SilentProgress(), with_training=with_training)


def retrain(file: Path, sources: SteamFiles) -> RunReport:
    """Train on what the store `file` holds."""
    return retrain_store(_request(file, sources), progress=SilentProgress())


def _request(file: Path, sources: SteamFiles) -> RefreshRequest:
    return RefreshRequest(
        database=file,
        sources=(str(sources.games), str(sources.reviews), str(sources.items)),
        backup_folder=file.with_name("backups"),
        backups_kept=1,
        max_reject_percent=5.0,
        crawl_year=2016,
        anonymous_players=200_000,
    )


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("locations", nargs="+", type=Path, help="folders and files, as for a refresh")
    parser.add_argument("--train", action="store_true", help="also train on what was read")
    arguments = parser.parse_args()
    console = Console(width=100)
    console.print(machine())
    with tempfile.TemporaryDirectory(prefix="nextplay-") as folder:
        file = Path(folder, "nextplay.sqlite3")
        console.print(_table(first_refresh(file, find_files(arguments.locations), train=arguments.train)))


def _table(first: First) -> Table:
    table = Table("stage", "seconds", title="First ingest")
    seconds = first.ingest.result.seconds
    for stage, spent in seconds.items():
        table.add_row(stage, f"{spent:.2f}")
    table.add_row("start, checks, commit", f"{first.ingest.seconds - sum(seconds.values()):.2f}")
    table.add_section()
    for name, part in (("ingest", first.ingest), ("training", first.training)):
        if part is not None:
            table.add_row(f"{name}, by the clock", f"{part.seconds:.2f}")
            table.add_row(f"{name}, of the processors", f"{part.cpu:.2f}")
            table.add_row(f"{name}, peak memory", f"{part.peak:,.0f} MB")
    table.add_row("database", f"{first.database / 2**20:,.0f} MB")
    return table


if __name__ == "__main__":
    main()

"""Measures what a refresh from Steam costs by itself, against a generated Steam on loopback.

    python -m benchmarks.steam [--games 140000]

Reviews, genres and player counts, of which a night brings some, are left out. Nothing waits here for the
pace that Steam is asked at, so what is measured is the work: decoding, keeping, cleaning, comparing and
writing. It is printed as shares of what the pace dictates, and of the first sweep.
"""

import argparse
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Measured, apart, machine
from ingest import IngestSettings, RunReport, ingest
from ingest.sources.steam.calls import ITEMS_A_CALL
from ingest.sources.steam.settings import SteamHosts, SteamSettings
from playground.steam import LocalSteam
from playground.steam.catalogue.sections import Price
from store import Database
from store.models import RunOutcome

GAMES = 140_000
CHANGED_SHARE = 0.01
PACE_SECONDS = SteamSettings().seconds_between_calls


@dataclass(frozen=True, slots=True)
class Night:
    """A run: what it took, and how often each method was asked."""

    run: Measured[RunReport]
    calls: Counter[str]

    @property
    def asked(self) -> int:
        """How often Steam was asked."""
        return self.calls.total()


def refresh(file: Path, hosts: SteamHosts, key: str) -> RunReport:
    """Refresh the store `file` as a night does, without waits and without training."""
    settings = SteamSettings(
        key=SecretStr(key),
        languages=("english",),
        review_games=0,
        details_a_run=0,
        player_counts_a_run=0,
        hosts=hosts,
        seconds_between_calls=0,
    )
    return ingest(Database(file), ["steam"], settings=IngestSettings(steam=settings))


def night(steam: LocalSteam, file: Path) -> Night:
    """Measure a run in a process of its own; the Steam is in this one."""
    steam.world.calls.forget()
    hosts = SteamHosts(steam.api, steam.store, steam.community)
    run = apart(refresh, file, hosts, steam.key)
    return Night(run, Counter(call.method.rpartition("/")[2] for call in steam.world.calls.of()))


def change(steam: LocalSteam) -> int:
    """Give a share of the games another price; return how many."""
    games = [game.appid for game in steam.world.catalogue.listed() if not game.kind]
    apps = games[:: round(1 / CHANGED_SHARE)]
    with steam.world.lock:
        for app in apps:
            steam.world.catalogue.change(app, price=Price(1234))
    return len(apps)


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--games", type=int, default=GAMES, help="how many games the Steam has")
    arguments = parser.parse_args()
    console = Console(width=110)
    console.print(machine())
    with (
        tempfile.TemporaryDirectory(prefix="nextplay-") as folder,
        LocalSteam(games=arguments.games) as steam,
    ):
        file = Path(folder, "nextplay.sqlite3")
        sweep = night(steam, file)
        changed = change(steam)
        after = night(steam, file)
        idle = night(steam, file)
    assert after.run.result.outcome is RunOutcome.APPLIED
    console.print(_table(arguments.games, changed, sweep, after, idle))


def _table(games: int, changed: int, sweep: Night, after: Night, idle: Night) -> Table:
    pace = games / ITEMS_A_CALL * PACE_SECONDS
    table = Table(
        "", "sweep", f"{changed:,} changed", "nothing changed", title=f"Steam with {games:,} generated games"
    )
    nights = (sweep, after, idle)
    table.add_row("calls", *(f"{entry.asked:,}" for entry in nights))
    table.add_row("  as a share of the sweep's", *(f"{entry.asked / sweep.asked:.1%}" for entry in nights))
    table.add_row("processor seconds", *(f"{entry.run.cpu:.1f}" for entry in nights))
    table.add_row(
        "  as a share of the sweep's", *(f"{entry.run.cpu / sweep.run.cpu:.1%}" for entry in nights)
    )
    table.add_row(
        f"  as a share of the {pace / 60:.0f} minutes of the pace",
        *(f"{entry.run.cpu / pace:.3f}" for entry in nights),
    )
    table.add_row("peak memory, MB", *(f"{entry.run.peak:,.0f}" for entry in nights))
    for stage in sweep.run.result.seconds:
        table.add_row(
            f"  {stage}, seconds", *(f"{entry.run.result.seconds.get(stage, 0):.1f}" for entry in nights)
        )
    return table


if __name__ == "__main__":
    main()

"""Everything that a big server would feel, measured in one run on one machine, as a page in Markdown.

    python -m benchmarks.full_size ../shared/steam/steam_games.json.gz ../shared/steam/user_reviews.json.gz \
        ../shared/steam/users_items_full.json.gz > docs/benchmarks.md

Name the three files, or folders of them. Compared are the way that notebooks do the work, once, and the
median of three first refreshes of ours, before and after it; then come refreshes of the filled store, every
query over its names, people who ask all at once, the growth from a quarter to a half to the whole of the
items file, and the targets. Each is measured in a process of its own, once the files have been read. What is
under way is said on standard error; all of it takes twelve minutes or so, a third of them the notebook way's,
which `--without-notebook` leaves out.
"""

import argparse
import gzip
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import playground_load, serving
from benchmarks.ingest import First, first_refresh, median_of, refresh
from benchmarks.measuring import Measured, apart, fixed_work, machine, timed, unwatched
from benchmarks.notebook import time_notebook
from benchmarks.passes import time_passes
from benchmarks.queries import cases, measure
from benchmarks.tables import (
    QueryTime,
    against_notebook,
    grown,
    heading,
    query_table,
    row,
    serving_table,
    target_table,
)
from bot.gc_tuning import freeze_startup_objects
from ingest import RunReport, SteamFiles, find_files
from store import Database

# First refreshes of the whole files.
ROUNDS = 3
SAMPLES, FEWER_SAMPLES = 1_000, 200
# Fewer commands, and the worst of the times that all ask at once would be the p99.
PEOPLE, COMMANDS = 50, 100


def main() -> None:
    """Measure what the command line asks for and print the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("locations", nargs="+", type=Path)
    parser.add_argument("--without-notebook", action="store_true")
    arguments = parser.parse_args()
    sources = find_files(arguments.locations)
    with tempfile.TemporaryDirectory(prefix="nextplay-") as folder:
        for line in page(sources, Path(folder), with_notebook=not arguments.without_notebook):
            print(line, flush=True)


def page(sources: SteamFiles, folder: Path, *, with_notebook: bool) -> Iterator[str]:
    """Yield the lines of the page as they are measured."""
    yield "# How fast it is"
    yield ""
    yield "Printed by `python -m benchmarks.full_size`; every figure is of one run on one machine:"
    yield f"{machine()}."
    warm(sources)
    steps = Steps()
    rounds = [first_round(folder, sources, 1, steps)]
    steps.begin("reading and parsing by themselves")
    passes = apart(time_passes, sources).result
    steps.begin("the notebook way, some minutes")
    notebook = apart(time_notebook, sources) if with_notebook else None
    rounds += [first_round(folder, sources, number, steps) for number in range(2, ROUNDS + 1)]
    file, first = store_of(folder, ROUNDS), median_of(rounds)
    yield from against_notebook(rounds, passes, notebook)
    steps.begin("questions")
    queries = unwatched(query_times, file, SAMPLES)
    steps.begin("people who ask all at once")
    asked = serving.measure(file, PEOPLE, COMMANDS)
    echo = unwatched(playground_load.measure, PEOPLE, COMMANDS)
    steps.begin("later refreshes")
    unchanged = min(unchanged_by_command(file, sources) for _again in range(5))
    changed = apart(refresh, file, with_few_changes(sources, folder))
    yield from query_table(queries, SAMPLES)
    yield from serving_table(asked, echo, PEOPLE, COMMANDS)
    yield from later_refreshes(unchanged, changed)
    yield from growth(sources, folder, first, queries, steps)
    yield from steps.lines()
    yield from target_table(
        rounds,
        queries,
        asked,
        echo,
        notebook=notebook,
        unchanged=unchanged,
        few_changes=changed.seconds,
    )


class Steps:
    """What is measured, one step after another, and how fast the machine was before each."""

    def __init__(self) -> None:
        self._fixed_work: dict[str, float] = {}

    def begin(self, what: str) -> None:
        """Say on standard error what is measured now, once fixed work has been timed."""
        self._fixed_work[what] = unwatched(fixed_work)
        print(f"{time.strftime('%H:%M:%S')} measuring {what}", file=sys.stderr, flush=True)

    def lines(self) -> Iterator[str]:
        """Lay out how steady the machine was."""
        yield from heading("How steady the machine was")
        yield "Seconds that the same piece of work took before each step: a loop of Python, and fresh memory."
        yield ""
        yield from row("before", "seconds")
        yield from row("---", "--:")
        for what, seconds in self._fixed_work.items():
            yield from row(what, f"{seconds:.2f}")


def warm(sources: SteamFiles) -> None:
    """Have the system keep the files in memory, for the notebook way and ours alike."""
    for file in (sources.games, sources.reviews, sources.items):
        file.read_bytes()


def first_round(folder: Path, sources: SteamFiles, number: int, steps: Steps) -> First:
    """Measure a first refresh into a store of its own; that of the round before is deleted."""
    steps.begin(f"a first refresh, {number} of {ROUNDS}")
    if number > 1:
        shutil.rmtree(store_of(folder, number - 1).parent)
    store_of(folder, number).parent.mkdir()
    return first_refresh(store_of(folder, number), sources, train=True)


def store_of(folder: Path, number: int) -> Path:
    """Return the store of a round."""
    return folder / f"round_{number}" / "nextplay.sqlite3"


def with_few_changes(sources: SteamFiles, folder: Path) -> SteamFiles:
    """Return files of which a hundredth of the libraries are gone."""
    return SteamFiles(sources.games, sources.reviews, without_some(sources.items, folder))


def later_refreshes(unchanged: float, changed: Measured[RunReport]) -> Iterator[str]:
    """Lay out refreshes of the filled store: nothing new, then a hundredth of the libraries gone."""
    spent = changed.result.seconds
    gone = f"a hundredth of the libraries gone ({changed.result.changes.owned_games.gone:,} owned games)"
    yield from heading("Refreshes of the filled store")
    yield from row("", "seconds", "of them backup", "of them training", "peak memory")
    yield from row("---", "--:", "--:", "--:", "--:")
    yield from row("nothing new, as `nextplay refresh` with its start", f"{unchanged:.2f}", "", "", "")
    parts = (f"{spent.get(stage, 0.0):.1f}" for stage in ("backup", "training"))
    yield from row(gone, f"{changed.seconds:.1f}", *parts, f"{changed.peak:,.0f} MB")
    yield ""
    yield from changed.result.notes


def unchanged_by_command(file: Path, sources: SteamFiles) -> float:
    """Return the seconds that the command takes, from its start to its end."""
    command = [sys.executable, "-m", "bot.cli", "refresh"]
    command += [str(path) for path in (sources.games, sources.reviews, sources.items)]
    variables = os.environ | {"NEXTPLAY_DATABASE": str(file), "PYTHONDONTWRITEBYTECODE": ""}
    variables["PYTHONPYCACHEPREFIX"] = str(file.with_name("compiled"))
    done, seconds, _cpu = timed(
        lambda: subprocess.run(command, env=variables, capture_output=True, check=True)
    )
    assert b"have not changed" in done.stdout
    return seconds


def without_some(items: Path, folder: Path) -> Path:
    """Return a copy of the items file that lacks every hundredth line."""
    smaller = folder / "fewer_users_items.json"
    with opened(items) as lines, smaller.open("wb") as kept:
        kept.writelines(line for number, line in enumerate(lines) if number % 100)
    return smaller


def query_times(file: Path, samples: int, only: str = "") -> list[QueryTime]:
    """Return the p50 and p99 by the clock, and the p99 of the processor, of each query in milliseconds.

    With `only` these are the queries whose name begins so.

    Warm is a file that the system has in memory, whatever it was asked for meanwhile, and a process that
    collects garbage as the bot does.
    """
    database = Database(file)
    with database.reader(seconds=600) as session:
        prepared = [case for case in cases(session, samples, random.Random(1)) if case.name.startswith(only)]
    file.read_bytes()
    freeze_startup_objects()
    figures = []
    for case in prepared:
        times = measure(database, case)
        half, most = np.percentile(times[:, 0], [50, 99])
        figures.append((case.name, float(half), float(most), float(np.percentile(times[:, 1], 99))))
    database.close()
    return figures


def growth(
    sources: SteamFiles, folder: Path, whole: First, queries: Sequence[QueryTime], steps: Steps
) -> Iterator[str]:
    """Lay out a first refresh from a quarter, a half and the whole of the items file."""
    yield from heading("Growth")
    columns = ("owned games", "ingest", "peak memory", "training", "peak memory", "database", "slowest p99")
    yield from row("items file", *columns)
    yield from row("---", *["--:"] * len(columns))
    for name, share in (("a quarter", 0.25), ("a half", 0.5)):
        steps.begin(f"a first refresh from {name} of the items file")
        file = folder / name.replace(" ", "_") / "nextplay.sqlite3"
        file.parent.mkdir()
        part = SteamFiles(sources.games, sources.reviews, first_lines(sources.items, share, file.parent))
        first = first_refresh(file, part, train=True)
        yield from grown(name, first, unwatched(query_times, file, FEWER_SAMPLES))
        shutil.rmtree(file.parent)
    yield from grown("the whole", whole, queries)


def first_lines(items: Path, share: float, folder: Path) -> Path:
    """Return a copy of the first lines of the items file, packed as the whole is."""
    with opened(items) as lines:
        count = sum(1 for _line in lines)
    part = folder / "some_users_items.json.gz"
    with opened(items) as lines, gzip.open(part, "wb", compresslevel=1) as kept:
        kept.writelines(islice(lines, int(share * count)))
    return part


def opened(file: Path) -> Any:
    """Open a raw file, packed or not."""
    return gzip.open(file) if file.suffix == ".gz" else file.open("rb")


if __name__ == "__main__":
    main()

"""Everything that a big server would feel, measured in one run on one machine, as a page in Markdown.

    python -m benchmarks.full_size ../steam/steam_games.json.gz ../steam/user_reviews.json.gz \
        ../steam/users_items.json.gz > docs/benchmarks.md

Name the three files, or folders of them. Compared are the way that notebooks do the work (`ast.literal_eval`,
`explode`, `json_normalize`, NLTK's own scorer) and a first refresh of ours, which goes on to store, index,
summarize and train; then come refreshes of the filled store, every query over its names, and the growth from
a quarter to a half to the whole of the items file. Each is measured in a process of its own.
`--without-notebook` leaves out the slowest part.
"""

import argparse
import gzip
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.ingest import machine, peak, time_notebook, timed
from benchmarks.queries import cases, measure
from bot.refresher import Request
from bot.refreshing import refresh_store
from ingest import RunReport, Sources, find_sources
from ingest.progress import SilentProgress
from store import Database

SAMPLES = 1_000

# What the two ways have in common, and the stages of ours that make it up.
_COMPARED = {
    "games": ("games",),
    "reviews, scored": ("reviews", "scoring"),
    "items": ("items", "cleaning"),
}


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A refresh that was measured: seconds by the clock and of the processor, megabytes at the peak."""

    report: RunReport
    seconds: float
    cpu: float
    peak: float
    database: int


def main() -> None:
    """Measure what the command line asks for and print the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("locations", nargs="+", type=Path)
    parser.add_argument("--without-notebook", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nextplay-") as folder:
        for line in page(find_sources(arguments.locations), Path(folder), arguments.without_notebook):
            print(line, flush=True)


def page(sources: Sources, folder: Path, without_notebook: bool) -> Iterator[str]:
    """Yield the lines of the page as they are measured."""
    yield "# How fast it is"
    yield ""
    yield "Printed by `python -m benchmarks.full_size`; every figure is of one run on one machine:"
    yield f"{machine()}."
    file = folder / "nextplay.sqlite3"
    first = apart(refreshed, file, sources)
    notebook = None if without_notebook else apart(time_notebook, sources)
    yield from first_refresh(first, notebook)
    yield from later_refreshes(file, sources, folder)
    yield from query_times(file)
    yield from growth(sources, folder, first)


def apart(work: Any, *arguments: Any) -> Any:
    """Do `work` in a fresh process, whose peak memory is then its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def refreshed(file: Path, sources: Sources) -> Refreshed:
    """Refresh the store `file`, as the bot's child process does."""
    request = Request(
        database=file,
        sources=(str(sources.games), str(sources.reviews), str(sources.items)),
        backup_folder=file.with_name("backups"),
        backups_kept=1,
        max_reject_percent=5.0,
        crawl_year=2016,
    )
    report, seconds, cpu = timed(lambda: refresh_store(request, request.sources, progress=SilentProgress()))
    memory = peak(resource.RUSAGE_SELF) + peak(resource.RUSAGE_CHILDREN)
    return Refreshed(report, seconds, cpu, memory, file.stat().st_size)


def first_refresh(ours: Refreshed, notebook: dict[str, Any] | None) -> Iterator[str]:
    """Lay out the first refresh, against the notebook way."""
    counts = ours.report.counts
    yield from heading("The first refresh")
    yield (
        f"{counts['games']:,} games, {counts['players']:,} players, {counts['owned_games']:,} owned games, "
        f"{counts['reviews']:,} reviews; the database has {ours.database / 2**20:,.0f} MB. Memory is that of "
        "the process and of its helper, at the peak of each."
    )
    yield ""
    yield from row("stage", "the notebook way", "Nextplay", "ratio")
    yield from row("---", "--:", "--:", "--:")
    theirs = notebook["seconds"] if notebook else {}
    spent = dict(ours.report.seconds)
    for stage, parts in _COMPARED.items():
        seconds = sum(spent.pop(part, 0.0) for part in parts)
        yield from compared(f"read, parse, clean: {stage}", theirs.get(stage), seconds)
    for stage, seconds in spent.items():
        yield from compared(stage, None, seconds)
    yield from compared("all, by the clock", sum(theirs.values()) if theirs else None, ours.seconds)
    yield from row("all, of the processors", "", f"{ours.cpu:.1f} s", "")
    memory = f"{notebook['peak']:,.0f} MB" if notebook else ""
    ratio = f"{notebook['peak'] / ours.peak:.1f}" if notebook else ""
    yield from row("peak memory", memory, f"{ours.peak:,.0f} MB", ratio)


def later_refreshes(file: Path, sources: Sources, folder: Path) -> Iterator[str]:
    """Lay out refreshes of the filled store: nothing new, then a hundredth of the libraries."""
    yield from heading("Refreshes of the filled store")
    yield from row("", "seconds", "of them for the backup", "peak memory")
    yield from row("---", "--:", "--:", "--:")
    seconds = min(unchanged_by_command(file, sources) for _again in range(5))
    yield from row("nothing new, as `nextplay refresh` with its start", f"{seconds:.2f}", "", "")
    other = Sources(sources.games, sources.reviews, without_some(sources.items, folder))
    changed = apart(refreshed, file, other)
    backup = changed.report.seconds.get("backup", 0.0)
    named = f"a hundredth of the libraries gone ({changed.report.changes.owned_games.gone:,} owned games)"
    yield from row(named, f"{changed.seconds:.1f}", f"{backup:.1f}", f"{changed.peak:,.0f} MB")


def unchanged_by_command(file: Path, sources: Sources) -> float:
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


def query_times(file: Path) -> Iterator[str]:
    """Lay out how long every query takes."""
    yield from heading("Questions")
    yield f"Milliseconds, warm, over up to {SAMPLES:,} names drawn from all; the target is a p99 of 5 ms."
    yield ""
    yield from row("question", "p50", "p99", "p99 of the processor")
    yield from row("---", "--:", "--:", "--:")
    for name, half, most, processor in apart(measured_queries, file):
        yield from row(name, f"{half:.2f}", f"{most:.2f}", f"{processor:.2f}")


def measured_queries(file: Path) -> list[tuple[str, float, float, float]]:
    """Return the p50 and p99 by the clock, and the p99 of the processor, of each query in milliseconds."""
    database = Database(file)
    with database.reader(seconds=600) as session:
        prepared = list(cases(session, SAMPLES, random.Random(1)))
    rows = []
    for case in prepared:
        times = measure(database, case)
        half, most = np.percentile(times[:, 0], [50, 99])
        rows.append((case.name, half, most, np.percentile(times[:, 1], 99)))
    database.close()
    return rows


def growth(sources: Sources, folder: Path, whole: Refreshed) -> Iterator[str]:
    """Lay out a first refresh from a quarter, a half and the whole of the items file."""
    yield from heading("Growth")
    yield from row("items file", "owned games", "first refresh", "peak memory", "database", "slowest p99")
    yield from row("---", "--:", "--:", "--:", "--:", "--:")
    for name, share in (("a quarter", 0.25), ("a half", 0.5)):
        file = folder / name.replace(" ", "_") / "nextplay.sqlite3"
        file.parent.mkdir()
        part = Sources(sources.games, sources.reviews, first_lines(sources.items, share, file.parent))
        yield from grown(name, apart(refreshed, file, part), file)
        shutil.rmtree(file.parent)
    yield from grown("the whole", whole, folder / "nextplay.sqlite3")


def grown(name: str, one: Refreshed, file: Path) -> Iterator[str]:
    """Yield a row of the growth table."""
    slowest = max(apart(measured_queries, file), key=lambda query: query[2])
    yield from row(
        name,
        f"{one.report.counts['owned_games']:,}",
        f"{one.seconds:.1f} s",
        f"{one.peak:,.0f} MB",
        f"{one.database / 2**20:,.0f} MB",
        f"{slowest[2]:.2f} ms ({slowest[0]})",
    )


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


def heading(title: str) -> Sequence[str]:
    """Return the lines of a heading."""
    return ("", f"## {title}", "")


def row(*cells: str) -> Sequence[str]:
    """Return the line of a table's row."""
    return (f"| {' | '.join(cells)} |",)


def compared(stage: str, theirs: float | None, ours: float) -> Sequence[str]:
    """Return the line of a stage."""
    if theirs is None:
        return row(stage, "", f"{ours:.1f} s", "")
    return row(stage, f"{theirs:.1f} s", f"{ours:.1f} s", f"{theirs / ours:.1f}")


if __name__ == "__main__":
    main()

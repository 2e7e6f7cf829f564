"""Times the first ingest, stage by stage, and an unchanged refresh after it.

    python -m benchmarks.ingest ../shared/steam ../shared/steam/users_items_full.json.gz [--notebook]

`--notebook` also times the way that notebooks do the same work (`ast.literal_eval`, `explode`,
`json_normalize`, NLTK's own `polarity_scores`), in a process of its own, and prints the ratio. Reading and
cleaning alone are compared: notebooks store nothing.
"""

import argparse
import ast
import gzip
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ingest import RunReport, Sources, find_sources, ingest
from store import Database

_MEGABYTE = 1024  # ru_maxrss counts kilobytes on Linux


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("locations", nargs="+", type=Path, help="folders and files, as for `nextplay ingest`")
    parser.add_argument("--notebook", action="store_true", help="also time the way that notebooks do it")
    arguments = parser.parse_args()
    console = Console(width=100)
    sources = find_sources(arguments.locations)
    ours = in_own_process(time_ingest, sources)
    console.print(machine())
    console.print(ingest_table(ours))
    if arguments.notebook:
        console.print(comparison_table(ours, in_own_process(time_notebook, sources)))


def in_own_process(work: Callable[[Sources], dict[str, Any]], sources: Sources) -> dict[str, Any]:
    """Run `work` in a fresh process, whose peak memory is then its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, sources).result()


def time_ingest(sources: Sources) -> dict[str, Any]:
    """Ingest into an empty store, and once more without a change."""
    locations = [sources.games, sources.reviews, sources.items]
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder, "nextplay.sqlite3"))
        report, seconds, cpu = timed(lambda: ingest(database, locations))
        _again, unchanged, _cpu = timed(lambda: ingest(database, locations))
        size = database.file.stat().st_size
        database.close()
    return {
        "report": report,
        "seconds": seconds,
        "cpu": cpu,
        "unchanged": unchanged,
        "peak": peak(resource.RUSAGE_SELF),
        "peak of helper": peak(resource.RUSAGE_CHILDREN),
        "database": size,
    }


def time_notebook(sources: Sources) -> dict[str, Any]:
    """Read the three files into data frames as notebooks do."""
    import pandas as pd

    from ingest.sentiment import Vader  # NLTK's own analyzer, with the lexicon where we have it

    def frame(file: Path) -> "pd.DataFrame":
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            return pd.DataFrame([ast.literal_eval(line) for line in lines])

    def exploded(file: Path, column: str) -> "pd.DataFrame":
        users = frame(file).explode(column).dropna(subset=[column]).reset_index(drop=True)
        return pd.concat([users.drop(columns=column), pd.json_normalize(users[column])], axis=1)

    def scored() -> "pd.DataFrame":
        reviews = exploded(sources.reviews, "reviews")
        score = Vader().polarity_scores
        reviews["sentiment"] = [score(text)["compound"] for text in reviews["review"]]
        return reviews

    seconds = {}
    for stage, work in (
        ("games", lambda: read_games_frame(sources.games)),
        ("reviews, scored", scored),
        ("items", lambda: exploded(sources.items, "items")),
    ):
        _frame, seconds[stage], _cpu = timed(work)
    return {"seconds": seconds, "peak": peak(resource.RUSAGE_SELF)}


def read_games_frame(file: Path) -> Any:
    """Read the games in either notation."""
    import pandas as pd

    with gzip.open(file, "rt", encoding="utf-8") as lines:
        first = lines.readline()
    if first.startswith('{"'):
        return pd.read_json(file, lines=True)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return pd.DataFrame([ast.literal_eval(line) for line in lines])


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return what `work` returns, the seconds it took, and the processor seconds of it and its helpers."""
    before, start = os.times(), time.perf_counter()
    result = work()
    seconds, after = time.perf_counter() - start, os.times()
    return result, seconds, sum(after[:4]) - sum(before[:4])


def peak(who: int) -> float:
    """Return the peak memory in megabytes of this process or of the largest of its helpers."""
    return resource.getrusage(who).ru_maxrss / _MEGABYTE


def machine() -> str:
    """Name the machine by what matters here."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, Python {sys.version.split()[0]}; "
        f"{load:.1f} processes wanted to run in the last minute"
    )


def ingest_table(ours: dict[str, Any]) -> Table:
    """Lay out our stages, with rows a second where a stage has rows."""
    report: RunReport = ours["report"]
    rows = {
        "games": report.counts["games"],
        "reviews": report.counts["reviews"],
        "scoring": report.counts["reviews"],
        "items": report.counts["owned_games"],
        "loading": report.counts["owned_games"],
    }
    table = Table("stage", "seconds", "rows", "rows a second", title="First ingest")
    for stage, seconds in report.seconds.items():
        count = rows.get(stage)
        rate = f"{count / seconds:,.0f}" if count and seconds else ""
        table.add_row(stage, f"{seconds:.2f}", f"{count:,}" if count else "", rate)
    table.add_section()
    table.add_row("all, wall time", f"{ours['seconds']:.2f}")
    table.add_row("all, processor time", f"{ours['cpu']:.2f}")
    table.add_row("unchanged refresh", f"{ours['unchanged']:.2f}")
    table.add_row("peak memory", f"{ours['peak']:,.0f} MB")
    table.add_row("and of its helper", f"{ours['peak of helper']:,.0f} MB")
    table.add_row("database", f"{ours['database'] / 2**20:,.0f} MB")
    return table


def comparison_table(ours: dict[str, Any], notebook: dict[str, Any]) -> Table:
    """Set the notebook way against ours, which goes on to fill a database with indexes and summaries."""
    table = Table("", "the notebook way", "Nextplay", "ratio", title="Against the notebook way")
    for stage, seconds in notebook["seconds"].items():
        table.add_row(f"{stage}, s", f"{seconds:.1f}", "", "")
    total = sum(notebook["seconds"].values())
    whole = ours["seconds"]
    table.add_row("all, s (ours: stored too)", f"{total:.1f}", f"{whole:.1f}", f"{total / whole:.1f}")
    memory = ours["peak"] + ours["peak of helper"]
    table.add_row(
        "peak memory, MB", f"{notebook['peak']:,.0f}", f"{memory:,.0f}", f"{notebook['peak'] / memory:.1f}"
    )
    return table


if __name__ == "__main__":
    main()

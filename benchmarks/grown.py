"""Times every query and autocomplete on a store as large as today's Steam, grown from the generated sample.

    python -m benchmarks.grown [--store FILE] [--samples 1000] [--only game]

The store has 140,000 games, five million owned games and two million reviews, and is trained on; with
`--store` it is kept, and used again where it is there. All of it takes ten minutes or so.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from benchmarks import targets
from benchmarks.full_size import query_times
from benchmarks.grown_source import GrownSource, Size
from benchmarks.measuring import apart, machine, unwatched
from benchmarks.tables import heading, judged_queries, query_table, row
from ingest import IngestSettings, RunReport, ingest
from recommender import train
from store import Database


def fill(file: Path, size: Size) -> RunReport:
    """Fill a store of a size, and train on it."""
    settings = IngestSettings(processes=1)
    return ingest(Database(file), GrownSource(size), settings=settings, train=train)


def page(file: Path, size: Size, samples: int, only: str) -> Iterator[str]:
    """Yield the lines of the page as they are measured."""
    yield f"{machine()}."
    if not file.exists():
        filled = apart(fill, file, size)
        yield ""
        yield f"```\n{filled.result}\n```"
        yield f"{filled.cpu:,.0f} s of the processors, {filled.peak:,.0f} MB."
    queries = unwatched(query_times, file, samples, only)
    yield from query_table(queries, samples)
    if only:
        return
    yield from heading("Against the targets")
    for cells in targets.rows(*judged_queries(queries)):
        yield from row(*cells)


def main() -> None:
    """Print what the command line asks for, in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, help="the store to fill, or to use if it is there")
    parser.add_argument("--samples", type=int, default=1_000, help="names that each query is asked with")
    parser.add_argument("--only", default="", help="time only the queries whose name begins so")
    for entry in fields(Size):
        name = f"--{entry.name.replace('_', '-')}"
        parser.add_argument(name, type=int, default=entry.default, help="of the store that is filled")
    arguments = parser.parse_args()
    size = Size(*(getattr(arguments, entry.name) for entry in fields(Size)))
    with tempfile.TemporaryDirectory(prefix="nextplay-") as folder:
        file = arguments.store or Path(folder, "nextplay.sqlite3")
        for line in page(file, size, arguments.samples, arguments.only):
            print(line, flush=True)


if __name__ == "__main__":
    main()

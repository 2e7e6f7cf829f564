"""Prints what each optimisation buys, as the tables of docs/optimisations.md.

    python -m benchmarks.ablation DATABASE GAMES REVIEWS ITEMS [--rounds 5] [--only training] [--without NAME]

DATABASE is a filled store, which is copied; the three raw files are those of an ingest. Each optimisation of
ingest, training, questions and serving is switched off alone, or only those named by `--without`, in a
process of its own, in several rounds in turn, those of serving side by side; a ratio above 1 says how many
times longer (or larger) it is without. The row "all on, once more" is the noise: a gain that does not stand
out of its spread is none.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.ablation import ingest, questions, serving, training
from benchmarks.ablation.variants import ALL_ON, Figures, Row, in_rounds
from benchmarks.measuring import machine
from ingest import find_files

AREAS = ("ingest", "training", "questions", "serving")
MODULES = (ingest, training, questions, serving)


def main() -> None:
    """Measure the areas that the command line asks for and print a table of each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("locations", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=AREAS, action="append")
    names = [name for module in MODULES for name in module.NAMES]
    parser.add_argument("--without", choices=names, action="append", metavar="NAME")
    arguments = parser.parse_args()
    print(f"{machine()}; {arguments.rounds} rounds.\n", flush=True)
    sources, database, rounds = find_files(arguments.locations), arguments.database, arguments.rounds
    wanted = arguments.without or names

    def chosen(of_area: Sequence[str]) -> list[str]:
        return [name for name in of_area if name in wanted]

    with tempfile.TemporaryDirectory(prefix="nextplay-") as folder:
        areas: dict[str, tuple[str, Callable[[], list[Row]]]] = {
            name: (title, partial(in_rounds, chosen(module.NAMES), rounds, _logged(name, measure)))
            for name, title, module, measure in (
                ("ingest", "First ingest", ingest, ingest.measurer(sources, Path(folder))),
                ("training", "Training", training, training.measurer(database, Path(folder))),
                ("questions", "Questions", questions, questions.measurer(database, Path(folder))),
            )
        }
        serve = partial(serving.side_by_side, database, chosen(serving.NAMES), rounds)
        areas["serving"] = ("Serving 50 people at once", serve)
        for area in arguments.only or AREAS:
            title, measure_all = areas[area]
            print("\n".join(table(title, measure_all())), flush=True)


def table(title: str, rows: list[Row]) -> Iterator[str]:
    """Yield the lines of a Markdown table: the medians with all on, then the ratios without each."""
    columns = list(rows[0].medians)
    yield f"## {title}\n"
    yield f"| without | {' | '.join(columns)} |"
    yield f"|---|{'--:|' * len(columns)}"
    for row in rows:
        cells = (
            f"{row.medians[column]:,.3g}" if row.name == ALL_ON else row.gain(column) for column in columns
        )
        yield f"| {row.name} | {' | '.join(cells)} |"
    yield ""


def _logged(area: str, measure: Callable[[str], Figures]) -> Callable[[str], Figures]:
    def logged(name: str) -> Figures:
        print(f"{time.strftime('%H:%M:%S')} {area}: {name}", file=sys.stderr, flush=True)
        return measure(name)

    return logged


if __name__ == "__main__":
    main()

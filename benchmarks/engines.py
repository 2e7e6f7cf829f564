"""Measures both engines on generated libraries of any number: reading lines, and learning weights.

    python -m benchmarks.engines --pairs 1000000 --pairs 10000000 --results build/engines.jsonl
    python -m benchmarks.engines --results build/engines.jsonl --page docs/engine.md

Each part runs in a process of its own, helpers and Java included, which is the first to be ended where
memory runs out; what is found is added to the results at once. The second command writes the table and the
picture of all that was found. Weights are those of neighbourhoods, as for every catalogue of this size.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from scipy import sparse

from benchmarks.engine_growth import ENGINES, PARTS, Found, add, known, table, write_page
from benchmarks.generated_libraries import generated_libraries, write_items
from benchmarks.measuring import Killed, apart, machine
from ingest.sources.source import Kind
from ingest.sources.steam_files.libraries import ReadLibraries, read_libraries
from ingest.sources.steam_files.reading import Reading
from ingest.sources.steam_files.source_file import SourceFile
from ingest.stage.libraries import merge_libraries
from recommender.linalg.threads import MapBlocks, in_threads
from recommender.model.ease import EaseSettings
from recommender.model.neighbourhood import fit_neighbourhood
from store import NextplayError
from store.runs import SilentProgress

_GAMES = 37_000
_MASTER = "local[2]"


@dataclass(frozen=True, slots=True)
class _Engine:
    read_libraries: ReadLibraries
    map_blocks: MapBlocks


@contextmanager
def _engine(name: str) -> Iterator[_Engine]:
    if name == "local":
        yield _Engine(read_libraries, in_threads)
        return
    from spark import spark_engine

    with spark_engine(_MASTER) as engine:
        yield _Engine(engine.read_libraries, engine.map_blocks)


def read(name: str, file: Path) -> int:
    """Read an items file into merged columns, and return the number of owned games."""
    with _engine(name) as engine:
        reading = Reading("items", Kind.OWNED_GAMES, SourceFile(file, SilentProgress()))
        return len(merge_libraries(engine.read_libraries(reading)).libraries.game)


def learn(name: str, file: Path) -> int:
    """Learn the weights of a saved matrix of libraries, and return the number of games."""
    libraries = sparse.csr_array(sparse.load_npz(file))
    nothing = sparse.csr_array(np.empty((libraries.shape[1], 0), np.float32))
    with _engine(name) as engine:
        fitted = fit_neighbourhood(libraries, lambda: nothing, EaseSettings(), map_blocks=engine.map_blocks)
        return fitted.games


_WORK = {"reading": read, "learning": learn}


def measure(pairs: int, engines: Sequence[str], parts: Sequence[str], games: int) -> Iterator[Found]:
    """Yield what each part takes on each engine, on about this many owned games."""
    with tempfile.TemporaryDirectory(prefix="nextplay-") as folder:
        libraries = generated_libraries(pairs, games)
        exact = int(libraries.nnz)
        files = {"learning": Path(folder, "libraries.npz"), "reading": Path(folder, "users_items.json")}
        if "learning" in parts:
            sparse.save_npz(files["learning"], libraries, compressed=False)
        if "reading" in parts:
            write_items(files["reading"], libraries)
        del libraries
        for part in parts:
            for engine in engines:
                yield _measured(engine, part, exact, files[part])


def _measured(engine: str, part: str, pairs: int, file: Path) -> Found:
    try:
        done = apart(_WORK[part], engine, file)
    except Killed as end:
        return Found(engine, part, pairs, end.seconds, None, end.peak, "killed, as memory ran out")
    except (NextplayError, MemoryError) as error:
        return Found(engine, part, pairs, None, None, None, str(error) or "memory ran out")
    return Found(engine, part, pairs, done.seconds, done.cpu, done.peak)


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, action="append", default=[], help="owned games, many times")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="measure this one alone")
    parser.add_argument("--part", choices=tuple(PARTS), action="append", help="measure this part alone")
    parser.add_argument("--games", type=int, default=_GAMES)
    parser.add_argument(
        "--results", type=Path, required=True, help="where to add what is found, as JSON lines"
    )
    parser.add_argument("--page", type=Path, help="write the table and the picture of all of it here")
    arguments = parser.parse_args()
    console = Console(width=110)
    console.print(machine())
    arguments.results.parent.mkdir(parents=True, exist_ok=True)
    engines, parts = arguments.engine or ENGINES, arguments.part or tuple(PARTS)
    for pairs in arguments.pairs:
        for found in measure(pairs, engines, parts, arguments.games):
            console.print(str(found))
            add(found, arguments.results)
    everything = known(arguments.results)
    console.print("\n".join(table(everything)), soft_wrap=True)
    if arguments.page:
        write_page(everything, arguments.page)


if __name__ == "__main__":
    main()

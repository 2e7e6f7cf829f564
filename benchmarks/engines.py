"""Measures both engines on generated libraries of any size: reading lines into columns, and learning weights.

    python -m benchmarks.engines --pairs 1000000 --pairs 10000000 --results build/engines.jsonl
    python -m benchmarks.engines --results build/engines.jsonl --picture docs/pictures/engines.png

Each part runs in a process of its own, helpers and Java included; the second command draws what the first
found. Weights are those of neighbourhoods, as for every catalogue of this size.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from scipy import sparse

from benchmarks.generated_libraries import generated_libraries, write_items
from benchmarks.measuring import apart, machine
from ingest.sources.source import Kind
from ingest.sources.steam_files.libraries import ReadLibraries, read_libraries
from ingest.sources.steam_files.reading import Reading
from ingest.sources.steam_files.source_file import SourceFile
from ingest.stage.libraries import merge_libraries
from recommender.linalg.threads import MapBlocks, in_threads
from recommender.model.ease import EaseSettings
from recommender.model.neighbourhood import fit_neighbourhood
from store.runs import SilentProgress

_GAMES = 37_000
_MASTER = "local[2]"
_ENGINES = ("local", "spark")
_PARTS = {"reading": "lines to columns", "learning": "weights"}


@dataclass(frozen=True, slots=True)
class Found:
    """What one part took on one engine: by the clock, of the processors, and megabytes at the peak."""

    engine: str
    part: str
    pairs: int
    seconds: float
    cpu: float
    peak: float


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


def measure(pairs: int, engines: Sequence[str], parts: Sequence[str], games: int) -> Iterator[Found]:
    """Yield what each part takes on each engine, on about so many owned games."""
    with tempfile.TemporaryDirectory(prefix="nextplay-") as folder:
        libraries = generated_libraries(pairs, games)
        matrix, lines = Path(folder, "libraries.npz"), Path(folder, "users_items.json")
        sparse.save_npz(matrix, libraries, compressed=False)
        if "reading" in parts:
            write_items(lines, libraries)
        exact = int(libraries.nnz)
        del libraries
        for part in parts:
            for engine in engines:
                done = apart(*((read, engine, lines) if part == "reading" else (learn, engine, matrix)))
                yield Found(engine, part, exact, done.seconds, done.cpu, done.peak)


def draw(results: Sequence[Found], picture: Path) -> None:
    """Draw time and memory of both parts against the number of owned games."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(2, 2, figsize=(9, 6), sharex=True, layout="constrained")
    for column, (part, title) in enumerate(_PARTS.items()):
        for engine, marker in zip(_ENGINES, "os", strict=True):
            some = [one for one in results if (one.engine, one.part) == (engine, part)]
            points = sorted((one.pairs, one.cpu, one.peak) for one in some)
            pairs = [point[0] / 1e6 for point in points]
            axes[0, column].plot(pairs, [point[1] for point in points], marker=marker, label=engine)
            axes[1, column].plot(pairs, [point[2] / 1024 for point in points], marker=marker, label=engine)
        axes[0, column].set(title=title, ylabel="processor seconds", xscale="log", yscale="log")
        axes[1, column].set(xlabel="million owned games", ylabel="peak memory, GB", xscale="log")
        axes[1, column].set_ylim(bottom=0)
    axes[0, 0].legend()
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture, dpi=110)


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, action="append", default=[], help="owned games, many times")
    parser.add_argument("--engine", choices=_ENGINES, action="append", help="measure this one alone")
    parser.add_argument("--part", choices=tuple(_PARTS), action="append", help="measure this part alone")
    parser.add_argument("--games", type=int, default=_GAMES)
    parser.add_argument(
        "--results", type=Path, required=True, help="where to add what is found, as JSON lines"
    )
    parser.add_argument("--picture", type=Path, help="draw all that was found into this file")
    arguments = parser.parse_args()
    console = Console(width=110)
    console.print(machine())
    arguments.results.parent.mkdir(parents=True, exist_ok=True)
    for pairs in arguments.pairs:
        for found in measure(
            pairs, arguments.engine or _ENGINES, arguments.part or tuple(_PARTS), arguments.games
        ):
            console.print(
                f"{found.engine} {_PARTS[found.part]}: {found.pairs:,} owned games, {found.seconds:,.0f} s,"
                f" {found.cpu:,.0f} s of the processors, {found.peak:,.0f} MB"
            )
            with arguments.results.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(asdict(found)) + "\n")
    if arguments.picture:
        lines = arguments.results.read_text(encoding="utf-8").splitlines()
        draw([Found(**json.loads(line)) for line in lines], arguments.picture)


if __name__ == "__main__":
    main()

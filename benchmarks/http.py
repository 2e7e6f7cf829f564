"""The API under load, beside a bare FastAPI endpoint that returns a constant.

    python -m benchmarks.http DATABASE [--rounds 5] [--seconds 5] [--connections 16]

`wrk` asks a service in a process of its own, by names drawn from the store. Each round asks every endpoint
once, one after the other, so that whatever else the machine does is shared by all. "As served", a question
that was asked before is answered by what was encoded then; "not cached" is the same service that keeps no
answer, so that each is read, validated, asked of the store and encoded. The share is the endpoint's requests
a second over those of the bare one in the same round: the middle, and the spread.
"""

import argparse
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import machine
from store import Database, NextplayError, queries
from store.models import NameKind

GOAL = 0.5
_NAMES = 300
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)\b")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}

# Each serves an app at a port that the system chooses, and prints that.
_BARE = """
import asyncio, socket, uvicorn
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
async def constant() -> dict[str, str]:
    return {"answer": "constant"}
listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
print(listener.getsockname()[1], flush=True)
config = uvicorn.Config(app, log_level="error", access_log=False)
asyncio.run(uvicorn.Server(config).serve([listener]))
"""
_OURS = """
import signal, sys
from api import store_states
from api.options import ApiOptions
from api.server import served
from store import Database
if sys.argv[2] == "uncached":
    store_states._LARGEST_ANSWER = 0
with served(Database(sys.argv[1]), ApiOptions(port=0, rate_limit=None)) as port:
    print(port, flush=True)
    signal.pause()
"""
# wrk's own language: the paths of a file, one after the other.
_SCRIPT = """
local paths, at = {{}}, 0
for line in io.lines("{file}") do paths[#paths + 1] = line end
request = function()
  at = at + 1
  return wrk.format("GET", paths[(at - 1) % #paths + 1])
end
"""


class MissingTool(NextplayError):
    """The load generator is not installed."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What is asked: where, and the paths, gone through again and again."""

    name: str
    port: int
    paths: list[str]


@dataclass(slots=True)
class Rounds:
    """What the rounds gave: requests a second, milliseconds at the 99th percentile, requests that failed."""

    rates: list[float] = field(default_factory=list)
    p99s: list[float] = field(default_factory=list)
    failed: int = 0


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=16)
    arguments = parser.parse_args()
    try:
        measured = measure(arguments.database, arguments.rounds, arguments.seconds, arguments.connections)
    except NextplayError as error:
        sys.exit(str(error))
    console = Console(width=110)
    console.print(machine())
    console.print(report(measured))


def measure(file: Path, rounds: int, seconds: int, connections: int) -> dict[str, Rounds]:
    """Return what each endpoint did; the bare one is called "bare"."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise MissingTool("wrk is not on the path; it is Debian's package of that name: apt-get install wrk.")
    with (
        _process(_BARE) as bare,
        _process(_OURS, str(file), "served") as served,
        _process(_OURS, str(file), "uncached") as uncached,
        tempfile.TemporaryDirectory() as folder,
    ):
        endpoints = [Endpoint("bare", bare, ["/"])]
        for name, paths in _paths(file).items():
            endpoints.append(Endpoint(f"{name}, as served", served, paths))
            endpoints.append(Endpoint(f"{name}, not cached", uncached, paths))
        found = {endpoint.name: Rounds() for endpoint in endpoints}
        for endpoint in endpoints:  # once for nothing: caches of files, the weights, the answers
            _load(wrk, endpoint, Path(folder), seconds, connections)
        for _ in range(rounds):
            for endpoint in endpoints:
                told = _load(wrk, endpoint, Path(folder), seconds, connections)
                _add(found[endpoint.name], told)
    return found


def _paths(file: Path) -> dict[str, list[str]]:
    """Return the paths of the seven, each with names drawn from the store."""
    draw = random.Random(1)
    database = Database(file)
    with database.reader(seconds=60) as session:
        names = {
            kind: [choice.value for choice in queries.complete(session, kind, "", 10 * _NAMES)]
            for kind in (NameKind.DEVELOPER, NameKind.GENRE, NameKind.GAME, NameKind.PLAYER)
        }
        years = [str(year.subject) for year in queries.sentiment_over_time(session).years]
    database.close()
    drawn = {kind: draw.sample(found, min(_NAMES, len(found))) for kind, found in names.items()}
    of_paths = {
        "/developer/": drawn[NameKind.DEVELOPER],
        "/userdata/": drawn[NameKind.PLAYER],
        "/UserForGenre/": drawn[NameKind.GENRE],
        "/best_developer_year/": years,
        "/developer_reviews_analysis/": drawn[NameKind.DEVELOPER],
        "/recomendacion_juego/": drawn[NameKind.GAME],
        "/recomendacion_usuario/": drawn[NameKind.PLAYER],
    }
    return {path: [path + quote(name, safe="") for name in found] for path, found in of_paths.items()}


@contextmanager
def _process(script: str, *arguments: str) -> Iterator[int]:
    """Run a service in a process of its own; yield its port, once it answers."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with urlopen(f"http://127.0.0.1:{port}/openapi.json") as page:
            page.read()  # it answers
        yield port
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _load(wrk: str, endpoint: Endpoint, folder: Path, seconds: int, connections: int) -> str:
    paths, script = folder / "paths", folder / "script.lua"
    paths.write_text("\n".join(endpoint.paths), encoding="utf-8")
    script.write_text(_SCRIPT.format(file=paths), encoding="utf-8")
    command = [wrk, "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
    address = f"http://127.0.0.1:{endpoint.port}"
    done = subprocess.run(
        [*command, "--latency", "--script", str(script), address], capture_output=True, text=True, check=True
    )
    return done.stdout


def _add(rounds: Rounds, told: str) -> None:
    rate, p99, failed = _RATE.search(told), _P99.search(told), _FAILED.search(told)
    assert rate is not None, told
    assert p99 is not None, told
    rounds.rates.append(float(rate[1]))
    rounds.p99s.append(float(p99[1]) * _MS[p99[2]])
    rounds.failed += int(failed[1]) if failed else 0


def report(measured: dict[str, Rounds]) -> Table:
    """Return the table of what was measured, and whether the goal is met."""
    table = Table("endpoint", title="API against a bare FastAPI endpoint")
    for column in ("requests/s", "p99 ms", "share of bare", f"≥ {GOAL:g}", "refused"):
        table.add_column(column, justify="right")
    bare = measured["bare"].rates
    for name, rounds in measured.items():
        shares = [rate / other for rate, other in zip(rounds.rates, bare, strict=True)]
        middle = statistics.median(shares)
        table.add_row(
            name,
            f"{statistics.median(rounds.rates):,.0f}",
            f"{statistics.median(rounds.p99s):.1f}",
            f"{middle:.2f} ({min(shares):.2f}-{max(shares):.2f})",
            "yes" if middle >= GOAL else "no",
            f"{rounds.failed:,}",
        )
    return table


if __name__ == "__main__":
    main()

"""How long charts take, and what drawing in a thread would cost the event loop.

    python -m benchmarks.charts [DATABASE]

Prints p50 and p99 of every kind of chart through the worker process, warm, each time with other words so
that nothing comes from the cache; then how late the event loop runs, p99 and at most, while the worker draws
and, for comparison, while a thread does; and the memory of the worker.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from charts.protocol import RenderRequest
from charts.rendering import ChartRenderer
from charts.specs import Spec
from commands.core.cards import library_chart as libraries
from commands.developers import chart as developers
from commands.genres import chart as genres
from commands.reviews import chart as reviews
from commands.reviews.words import words_of
from localization.translations import Translations
from store import Database, queries
from store.models import NameKind
from store.names import complete

ROUNDS = 60
WAIT = 60.0


def specs_of(database: Database) -> dict[str, Spec]:
    """Return a chart of every kind, of what ranks first in the store."""
    translations = Translations()
    with database.reader() as session:
        first = {kind: complete(session, kind, "", limit=1)[0].value for kind in NameKind}
        genre, player = first[NameKind.GENRE], queries.user_for_genre(session, first[NameKind.GENRE]).user_id
        studio = max(
            (choice.value for choice in complete(session, NameKind.DEVELOPER, "", limit=25)),
            key=lambda name: queries.developer_reviews_analysis(session, name).total,
        )
        cloud = reviews.word_cloud(words_of(queries.review_texts(session, developer=studio)), translations)
        assert cloud is not None
        return {
            "developer releases": developers.releases_by_year(
                queries.developer(session, studio), translations
            ),
            "genre hours": genres.hours_by_release_year(queries.genre_hours(session, genre), translations),
            "sentiment over time": reviews.sentiment_by_year(
                queries.sentiment_over_time(session, developer=studio), translations
            ),
            "word cloud": cloud,
            "own library": libraries.library_by_genre(
                queries.library_by_genre(session, player), translations
            ),
        }


async def main(database: Path) -> None:
    """Measure and print."""
    console = Console()
    specs = specs_of(Database(database))
    renderer = ChartRenderer()
    begun = time.perf_counter()
    await renderer.render(next(iter(specs.values())), wait=WAIT)
    console.print(f"First chart, with the start of the worker: {time.perf_counter() - begun:.2f} s")
    table = Table("chart", "p50 ms", "p99 ms", "KB")
    for name, spec in specs.items():
        milliseconds, size = await times_of(renderer, spec)
        p99 = statistics.quantiles(milliseconds, n=100)[98]
        table.add_row(name, f"{statistics.median(milliseconds):.0f}", f"{p99:.0f}", f"{size / 1000:.0f}")
    console.print(table)
    assert renderer._child is not None
    console.print(f"Worker's memory: {memory_of(renderer._child.pid)}")

    async def by_worker(spec: Spec) -> object:
        return await renderer.render(spec, wait=WAIT)

    async def by_thread(spec: Spec) -> object:
        from charts.drawing import draw

        return await asyncio.to_thread(draw, RenderRequest(spec))

    await by_thread(next(iter(specs.values())))
    for name, way in (("worker", by_worker), ("thread", by_thread)):
        late = await pauses(specs, way)
        p99 = statistics.quantiles(late, n=100)[98]
        console.print(f"Event loop late, {name}: p99 {p99:.0f} ms, at most {max(late):.0f} ms")
    await renderer.close()


def memory_of(process: int) -> str:
    """Return the resident memory of a process, on systems that tell it."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return "unknown here"
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return f"{int(line.split()[1]) / 1024:.0f} MB"


async def times_of(renderer: ChartRenderer, spec: Spec) -> tuple[list[float], int]:
    """Return how long each chart took, in milliseconds, and the size of the last in bytes."""
    milliseconds = []
    size = 0
    for count in range(ROUNDS):
        other = msgspec.structs.replace(spec, title=f"{spec.title} {count}")
        begun = time.perf_counter()
        chart = await renderer.render(other, wait=WAIT)
        milliseconds.append(1000 * (time.perf_counter() - begun))
        assert chart is not None
        size = len(chart.png)
    return milliseconds, size


async def pauses(specs: dict[str, Spec], draw: Callable[[Spec], Awaitable[object]]) -> list[float]:
    """Return by how many milliseconds each tick of a timer of 1 ms came late while `draw` drew."""
    late: list[float] = []

    async def tick() -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(0.001)
            late.append(1000 * (time.perf_counter() - begun) - 1)

    ticking = asyncio.create_task(tick())
    for count in range(4):
        for spec in specs.values():
            await draw(msgspec.structs.replace(spec, title=f"{spec.title} again {count}"))
    ticking.cancel()
    return late


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/nextplay.sqlite3")))

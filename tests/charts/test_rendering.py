"""Charts without waiting: what comes late, fails or was drawn before. The processes are real."""

import asyncio
import logging
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from charts.rendering import COMMAND, ChartRenderer
from charts.specs import BarChart
from tests.charts.specs import bars, rows

pytestmark = pytest.mark.slow

LONG = 60.0
# Answers every request with the number of requests so far, after as many seconds as its argument says.
ECHO = """
import sys, time
count = 0
while length := sys.stdin.buffer.read(4):
    sys.stdin.buffer.read(int.from_bytes(length))
    time.sleep(float(sys.argv[1]))
    count += 1
    chart = str(count).encode()
    sys.stdout.buffer.write(len(chart).to_bytes(4) + chart)
    sys.stdout.buffer.flush()
"""


@pytest.fixture
async def make_renderer() -> AsyncIterator[Callable[..., ChartRenderer]]:
    """Makes renderers, and closes them in the end."""
    made: list[ChartRenderer] = []

    def make(**options: Any) -> ChartRenderer:
        made.append(ChartRenderer(**options))
        return made[-1]

    yield make
    for renderer in made:
        await renderer.close()


def echo(seconds: float = 0) -> tuple[str, ...]:
    return (sys.executable, "-c", ECHO, str(seconds))


async def test_a_spec_becomes_a_chart_with_its_words(make_renderer: Callable[..., ChartRenderer]) -> None:
    renderer = make_renderer()

    chart = await renderer.render(bars("Valve"), wait=LONG)

    assert chart is not None
    assert chart.png.startswith(b"\x89PNG")
    assert (chart.alt, chart.filename) == ("Valve", "bars.png")


async def test_equal_content_is_drawn_once(make_renderer: Callable[..., ChartRenderer]) -> None:
    renderer = make_renderer(command=echo())

    together = await asyncio.gather(*(renderer.render(bars("Valve"), wait=LONG) for _ in range(5)))
    other = await renderer.render(bars("Ubisoft"), wait=LONG)
    again = await renderer.render(bars("Valve"), wait=0)

    assert [chart and chart.png for chart in (*together, other, again)] == [b"1"] * 5 + [b"2", b"1"]


async def test_a_late_chart_is_not_waited_for_and_kept_for_the_next(
    make_renderer: Callable[..., ChartRenderer],
) -> None:
    renderer = make_renderer(command=echo(0.3))

    assert await renderer.render(bars(), wait=0) is None

    late = await renderer.render(bars(), wait=LONG)
    assert late is not None
    assert late.png == b"1"


async def test_who_stops_waiting_does_not_stop_the_chart(
    make_renderer: Callable[..., ChartRenderer],
) -> None:
    renderer = make_renderer(command=echo(0.3))
    waiting = asyncio.create_task(renderer.render(bars(), wait=LONG))
    await asyncio.sleep(0.05)
    waiting.cancel()

    late = await renderer.render(bars(), wait=LONG)

    assert late is not None
    assert late.png == b"1"


async def test_a_chart_that_cannot_be_drawn_is_logged_and_costs_no_other(
    make_renderer: Callable[..., ChartRenderer], caplog: pytest.LogCaptureFixture
) -> None:
    renderer = make_renderer()
    broken = BarChart(title="", alt="", filename="", labels=("2010",), series=bars().series, ticks=())

    assert await renderer.render(broken, wait=LONG) is None
    assert await renderer.render(bars(), wait=LONG) is not None
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


async def test_a_process_that_died_is_replaced(
    make_renderer: Callable[..., ChartRenderer], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The first process ends at once, without a word; the second draws."""
    first = tmp_path / "first"
    program = (
        f"import pathlib, sys\nfirst = pathlib.Path({str(first)!r})\nif not first.exists():\n"
        f"    first.touch()\n    sys.exit(1)\n{ECHO}"
    )
    renderer = make_renderer(command=(sys.executable, "-c", program, "0"))

    assert await renderer.render(bars(), wait=LONG) is None
    chart = await renderer.render(bars(), wait=LONG)

    assert chart is not None
    assert "gone or stuck" in caplog.text


async def test_a_process_that_is_stuck_is_replaced(
    make_renderer: Callable[..., ChartRenderer], caplog: pytest.LogCaptureFixture
) -> None:
    renderer = make_renderer(command=echo(LONG), drawing_seconds=0.2)

    assert await renderer.render(bars(), wait=LONG) is None
    assert await renderer.render(rows(), wait=LONG) is None
    assert len(caplog.records) == 2


async def test_too_many_charts_at_once_are_not_begun(
    make_renderer: Callable[..., ChartRenderer], caplog: pytest.LogCaptureFixture
) -> None:
    renderer = make_renderer(command=echo(0.2), most_waiting=1)
    first = asyncio.create_task(renderer.render(bars("first"), wait=LONG))
    await asyncio.sleep(0)

    assert await renderer.render(bars("second"), wait=LONG) is None
    assert await first is not None
    assert "another one is not begun" in caplog.text


async def test_charts_are_sure_to_be_late_until_the_process_has_drawn_one(
    make_renderer: Callable[..., ChartRenderer],
) -> None:
    renderer = make_renderer(command=echo(0.5))
    assert renderer.is_slow
    first = asyncio.create_task(renderer.render(bars("first"), wait=LONG))
    await asyncio.sleep(0.2)
    assert renderer.is_slow

    await first

    assert not renderer.is_slow


async def test_an_idle_process_ends_and_the_next_chart_starts_another(
    make_renderer: Callable[..., ChartRenderer],
) -> None:
    renderer = make_renderer(command=echo(), idle_seconds=0.05)
    assert await renderer.render(bars("first"), wait=LONG) is not None
    await asyncio.sleep(0.5)

    chart = await renderer.render(bars("second"), wait=LONG)

    assert chart is not None
    assert chart.png == b"1"  # counted by a process of its own


async def test_closing_ends_what_is_under_way() -> None:
    renderer = ChartRenderer(command=echo(LONG))
    waiting = asyncio.create_task(renderer.render(bars(), wait=LONG))
    await asyncio.sleep(0.2)

    await renderer.close()

    assert await waiting is None


def test_the_process_that_draws_ends_with_its_input() -> None:
    ended = subprocess.run(COMMAND, input=b"", capture_output=True, timeout=LONG, check=False)

    assert (ended.returncode, ended.stdout) == (0, b"")


def test_the_process_of_the_bot_never_loads_what_draws() -> None:
    program = (
        "import sys\n"
        "from charts import axes, frequent_words, labels, rendering\n"
        "from commands import developers, genres, players, reviews\n"
        "from commands.reviews import chart\n"
        "frequent_words.stop_words()\n"
        "print({'matplotlib', 'wordcloud', 'PIL'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (ended.stdout, ended.stderr) == ("set()\n", "")


async def test_no_more_bytes_are_kept_than_allowed_those_used_last(
    make_renderer: Callable[..., ChartRenderer],
) -> None:
    renderer = make_renderer(command=echo(), cache_bytes=2)

    wanted = ("Valve", "Ubisoft", "Valve", "id", "Valve", "Ubisoft")
    charts = [await renderer.render(bars(name), wait=LONG) for name in wanted]

    assert [chart and chart.png for chart in charts] == [b"1", b"2", b"1", b"3", b"1", b"4"]


async def test_a_chart_too_large_to_be_kept_is_shown_all_the_same(
    make_renderer: Callable[..., ChartRenderer],
) -> None:
    renderer = make_renderer(command=echo(), cache_bytes=0)

    charts = [await renderer.render(bars("Valve"), wait=LONG) for _ in range(2)]

    assert [chart and chart.png for chart in charts] == [b"1", b"2"]

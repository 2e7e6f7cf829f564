"""Jobs run off the event loop, in batches and in order, and a slow one holds up no other."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from store.execution.executor import QueryExecutor


@pytest.fixture
def executor() -> Iterator[QueryExecutor]:
    executor = QueryExecutor("query")
    yield executor
    executor.close()


async def test_work_is_done_off_the_event_loop(executor: QueryExecutor) -> None:
    assert (await executor.submit(lambda: threading.current_thread().name)).startswith("query")


async def test_jobs_run_one_at_a_time_in_the_order_submitted() -> None:
    executor = QueryExecutor("query", stall_timeout=60)
    under_way, most, done = 0, 0, []

    def work(number: int) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        time.sleep(0.002)
        done.append(number)
        under_way -= 1

    await asyncio.gather(*(executor.submit(partial(work, number)) for number in range(20)))
    executor.close()

    assert (most, done) == (1, list(range(20)))


async def test_the_event_loop_waits_for_a_batch() -> None:
    executor, seen = QueryExecutor("query", max_loop_block=60), []
    loop, is_loop_on = asyncio.get_running_loop(), threading.Event()

    def go_on() -> None:
        seen.append("loop")
        is_loop_on.set()

    def work() -> None:
        loop.call_soon_threadsafe(go_on)
        # Nothing sets it before the work is done, however long that takes.
        is_loop_on.wait(0.05)
        seen.append("work")

    await executor.submit(work)
    executor.close()
    assert seen == ["work", "loop"]


@pytest.mark.parametrize("max_loop_block", [0, 0.01])
async def test_the_event_loop_goes_on_without_waiting_or_when_it_has_waited_enough(
    max_loop_block: float,
) -> None:
    executor = QueryExecutor("query", max_loop_block=max_loop_block)
    loop, is_loop_on = asyncio.get_running_loop(), threading.Event()

    def work() -> bool:
        loop.call_soon_threadsafe(is_loop_on.set)
        return is_loop_on.wait(60)

    assert await executor.submit(work)
    executor.close()


async def test_what_work_raises_reaches_who_waits_for_it_alone(executor: QueryExecutor) -> None:
    good, bad = executor.submit(lambda: 1), executor.submit(lambda: 1 // 0)
    assert await good == 1
    with pytest.raises(ZeroDivisionError):
        await bad


async def test_a_job_that_raises_what_no_future_takes_holds_up_nothing_behind_it(
    executor: QueryExecutor,
) -> None:
    bad, good = executor.submit(lambda: next(iter(()))), executor.submit(lambda: 1)
    async with asyncio.timeout(60):
        assert await good == 1
    with pytest.raises(RuntimeError, match="StopIteration"):
        await bad


async def test_a_job_that_takes_long_holds_up_nothing_before_or_behind_it(executor: QueryExecutor) -> None:
    let_go = threading.Event()
    before = executor.submit(lambda: "before")
    slow = executor.submit(lambda: let_go.wait(60))
    behind = [executor.submit(lambda: "behind") for _ in range(5)]

    assert await asyncio.gather(before, *behind) == ["before", *["behind"] * 5]

    let_go.set()
    assert await slow


async def test_as_many_jobs_may_take_long_as_there_are_threads_but_one(executor: QueryExecutor) -> None:
    let_go = threading.Event()
    slow = [executor.submit(lambda: let_go.wait(60)) for _ in range(3)]

    assert await executor.submit(lambda: "quick") == "quick"

    let_go.set()
    assert all(await asyncio.gather(*slow))


async def test_a_job_that_is_cancelled_before_it_begins_is_not_run(executor: QueryExecutor) -> None:
    let_go = threading.Event()
    done = []
    first = executor.submit(lambda: let_go.wait(60))
    second = executor.submit(lambda: done.append("second"))
    second.cancel()
    let_go.set()
    assert await first
    await executor.submit(lambda: done.append("third"))
    assert done == ["third"]


async def test_closing_cancels_what_has_not_begun_and_lets_the_rest_end(executor: QueryExecutor) -> None:
    let_go, begun = threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        return let_go.wait(60)

    first, second = executor.submit(work), executor.submit(lambda: None)
    await asyncio.to_thread(begun.wait, 60)
    executor.close()
    let_go.set()
    assert await first
    assert second.cancelled()
    assert executor.submit(lambda: None).cancelled()


def test_a_loop_that_has_ended_is_no_matter_to_work_under_way(executor: QueryExecutor) -> None:
    begun, let_go, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        let_go.wait(60)
        ended.set()

    async def give_up() -> None:
        executor.submit(work)
        await asyncio.to_thread(begun.wait, 60)

    asyncio.run(give_up())
    let_go.set()
    assert ended.wait(60)


class Reading:
    """What jobs may work within: it counts how often it is entered, and turns one error into another."""

    def __init__(self) -> None:
        self.opened = 0
        self.open = 0

    @contextmanager
    def __call__(self) -> Iterator[int]:
        self.opened += 1
        self.open += 1
        try:
            yield self.opened
        except KeyError as error:
            raise LookupError("not there") from error
        finally:
            self.open -= 1


async def test_jobs_of_one_batch_share_their_resource() -> None:
    executor, reading = QueryExecutor("query", batch_seconds=60, stall_timeout=60), Reading()
    found = await asyncio.gather(*(executor.submit_in(reading, lambda number: number) for _ in range(5)))
    later = await executor.submit_in(reading, lambda number: number)
    executor.close()
    assert (found, later) == ([1] * 5, 2)


@pytest.mark.parametrize("alone", [{"batch_seconds": 0}, {"share_resources": False}], ids=str)
async def test_without_batches_or_sharing_each_job_has_a_resource_of_its_own(alone: dict[str, Any]) -> None:
    executor, reading = (
        QueryExecutor("query", **{"batch_seconds": 60, "stall_timeout": 60} | alone),
        Reading(),
    )
    found = await asyncio.gather(*(executor.submit_in(reading, lambda number: number) for _ in range(5)))
    executor.close()
    assert (found, reading.open) == ([1, 2, 3, 4, 5], 0)


async def test_a_resource_is_closed_when_a_batch_ends(executor: QueryExecutor) -> None:
    reading = Reading()
    assert await executor.submit_in(reading, lambda _: reading.open) == 1
    assert reading.open == 0


async def test_an_error_closes_a_resource_as_a_block_would_and_those_behind_open_it_again() -> None:
    executor, reading = QueryExecutor("query", batch_seconds=60, stall_timeout=60), Reading()

    def fail(error: Exception) -> None:
        raise error

    asked: list[asyncio.Future[Any]] = [
        executor.submit_in(reading, lambda number: number),
        executor.submit_in(reading, lambda _: fail(KeyError("x"))),
        executor.submit_in(reading, lambda number: number),
        executor.submit_in(reading, lambda _: fail(ValueError("y"))),
        executor.submit_in(reading, lambda number: number),
    ]
    first, key, second, value, third = await asyncio.gather(*asked, return_exceptions=True)
    executor.close()
    assert (first, second, third) == (1, 2, 3)
    assert (repr(key), repr(value)) == ("LookupError('not there')", "ValueError('y')")


async def test_a_resource_that_cannot_be_closed_holds_up_nobody(
    executor: QueryExecutor, caplog: pytest.LogCaptureFixture
) -> None:
    @contextmanager
    def stuck() -> Iterator[None]:
        yield
        raise OSError("stuck")

    assert await executor.submit_in(stuck, lambda _: "one") == "one"
    assert await executor.submit(lambda: "two") == "two"
    assert "stuck" in caplog.text

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from commands.core.executor import Turns


@pytest.fixture
def turns() -> Iterator[Turns]:
    turns = Turns("turn")
    yield turns
    turns.close()


async def test_work_is_done_off_the_event_loop(turns: Turns) -> None:
    assert (await turns.take(lambda: threading.current_thread().name)).startswith("turn")


async def test_work_is_done_one_piece_at_a_time_in_the_order_given() -> None:
    turns = Turns("turn", patience=60)
    under_way, most, done = 0, 0, []

    def work(number: int) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        time.sleep(0.002)
        done.append(number)
        under_way -= 1

    await asyncio.gather(*(turns.take(lambda number=number: work(number)) for number in range(20)))
    turns.close()

    assert (most, done) == (1, list(range(20)))


@pytest.mark.parametrize(("hold", "order"), [(60, ["work", "loop"]), (0.001, ["loop", "work"])])
async def test_the_event_loop_holds_still_meanwhile_but_not_for_long(hold: float, order: list[str]) -> None:
    turns, seen, is_loop_on = Turns("turn", hold=hold), [], threading.Event()

    def work() -> None:
        is_loop_on.wait(0.1)
        seen.append("work")

    def go_on() -> None:
        seen.append("loop")
        is_loop_on.set()

    piece = turns.take(work)
    asyncio.get_running_loop().call_later(0.001, go_on)
    await piece
    await asyncio.sleep(0.01)
    turns.close()
    assert seen == order


async def test_what_work_raises_reaches_who_waits_for_it_alone(turns: Turns) -> None:
    good, bad = turns.take(lambda: 1), turns.take(lambda: 1 // 0)
    assert await good == 1
    with pytest.raises(ZeroDivisionError):
        await bad


async def test_work_that_raises_what_no_future_takes_holds_up_nothing_behind_it(turns: Turns) -> None:
    bad, good = turns.take(lambda: next(iter(()))), turns.take(lambda: 1)
    async with asyncio.timeout(60):
        assert await good == 1
    with pytest.raises(RuntimeError, match="StopIteration"):
        await bad


async def test_a_piece_that_takes_long_holds_up_nothing_before_or_behind_it(turns: Turns) -> None:
    let_go = threading.Event()
    before = turns.take(lambda: "before")
    slow = turns.take(lambda: let_go.wait(60))
    behind = [turns.take(lambda: "behind") for _ in range(5)]

    assert await asyncio.gather(before, *behind) == ["before", *["behind"] * 5]

    let_go.set()
    assert await slow


async def test_as_many_pieces_may_take_long_as_there_are_threads_but_one(turns: Turns) -> None:
    let_go = threading.Event()
    slow = [turns.take(lambda: let_go.wait(60)) for _ in range(3)]

    assert await turns.take(lambda: "quick") == "quick"

    let_go.set()
    assert all(await asyncio.gather(*slow))


async def test_what_is_cancelled_before_its_turn_is_not_done(turns: Turns) -> None:
    let_go = threading.Event()
    done = []
    first = turns.take(lambda: let_go.wait(60))
    second = turns.take(lambda: done.append("second"))
    second.cancel()
    let_go.set()
    assert await first
    await turns.take(lambda: done.append("third"))
    assert done == ["third"]


async def test_closing_cancels_what_has_not_begun_and_lets_the_rest_end(turns: Turns) -> None:
    let_go, begun = threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        return let_go.wait(60)

    first, second = turns.take(work), turns.take(lambda: None)
    await asyncio.to_thread(begun.wait, 60)
    turns.close()
    let_go.set()
    assert await first
    assert second.cancelled()
    assert turns.take(lambda: None).cancelled()


def test_a_loop_that_has_ended_is_no_matter_to_work_under_way(turns: Turns) -> None:
    begun, let_go, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        let_go.wait(60)
        ended.set()

    async def give_up() -> None:
        turns.take(work)
        await asyncio.to_thread(begun.wait, 60)

    asyncio.run(give_up())
    let_go.set()
    assert ended.wait(60)


class Reading:
    """What pieces may work within: it counts how often it is entered, and turns one error into another."""

    def __init__(self) -> None:
        self.entered = 0
        self.open = 0

    @contextmanager
    def __call__(self) -> Iterator[int]:
        self.entered += 1
        self.open += 1
        try:
            yield self.entered
        except KeyError as error:
            raise LookupError("not there") from error
        finally:
            self.open -= 1


async def test_pieces_of_one_stretch_share_what_they_work_within() -> None:
    turns, reading = Turns("turn", stretch=60, patience=60), Reading()
    found = await asyncio.gather(*(turns.take_within(reading, lambda number: number) for _ in range(5)))
    later = await turns.take_within(reading, lambda number: number)
    turns.close()
    assert (found, later) == ([1] * 5, 2)


async def test_it_is_left_when_a_stretch_ends(turns: Turns) -> None:
    reading = Reading()
    assert await turns.take_within(reading, lambda _: reading.open) == 1
    assert reading.open == 0


async def test_an_error_leaves_it_as_a_block_would_and_those_behind_enter_anew() -> None:
    turns, reading = Turns("turn", stretch=60, patience=60), Reading()

    def fail(error: Exception) -> None:
        raise error

    asked = [
        turns.take_within(reading, lambda number: number),
        turns.take_within(reading, lambda _: fail(KeyError("x"))),
        turns.take_within(reading, lambda number: number),
        turns.take_within(reading, lambda _: fail(ValueError("y"))),
        turns.take_within(reading, lambda number: number),
    ]
    first, key, second, value, third = await asyncio.gather(*asked, return_exceptions=True)
    turns.close()
    assert (first, second, third) == (1, 2, 3)
    assert (repr(key), repr(value)) == ("LookupError('not there')", "ValueError('y')")


async def test_what_cannot_be_left_holds_up_nobody(turns: Turns, caplog: pytest.LogCaptureFixture) -> None:
    @contextmanager
    def stuck() -> Iterator[None]:
        yield
        raise OSError("stuck")

    assert await turns.take_within(stuck, lambda _: "one") == "one"
    assert await turns.take(lambda: "two") == "two"
    assert "stuck" in caplog.text

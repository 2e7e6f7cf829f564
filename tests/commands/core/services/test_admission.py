"""So many are answered at a time; others wait in turn, and too many are turned away."""

import asyncio

from commands.core.services.admission import Admission


async def _held(admission: Admission, order: list[int], number: int, done: asyncio.Event) -> None:
    await admission.take_turn()
    order.append(number)
    await done.wait()


async def test_turns_are_taken_in_order_and_given_back_at_the_end_of_a_task() -> None:
    admission, order, done = Admission(at_once=2), list[int](), asyncio.Event()
    tasks = [asyncio.create_task(_held(admission, order, number, done)) for number in range(4)]
    await asyncio.sleep(0)
    assert order == [0, 1]
    assert admission.is_crowded
    done.set()
    await asyncio.gather(*tasks)
    assert order == [0, 1, 2, 3]
    assert not admission.is_crowded


async def test_who_has_a_turn_takes_no_second_one() -> None:
    admission = Admission(at_once=1)
    await admission.take_turn()
    assert admission.may_answer_at_once()
    async with asyncio.timeout(10):
        await admission.take_turn()


async def test_who_gives_up_waiting_leaves_the_turn_to_the_next() -> None:
    admission, order, done = Admission(at_once=1), list[int](), asyncio.Event()
    first, second, third = (asyncio.create_task(_held(admission, order, number, done)) for number in range(3))
    await asyncio.sleep(0)
    second.cancel()
    done.set()
    await asyncio.gather(first, second, third, return_exceptions=True)
    assert order == [0, 2]


async def test_few_get_a_turn_while_others_are_told_that_an_answer_comes() -> None:
    admission, order, done = Admission(at_once=3, meanwhile=1), list[int](), asyncio.Event()
    tasks = [asyncio.create_task(_held(admission, order, number, done)) for number in range(9)]
    await asyncio.sleep(0)
    with admission.acknowledging():
        done.set()
        await asyncio.sleep(0)
        assert len(order) == 3
    await asyncio.gather(*tasks)
    assert order == list(range(9))


async def test_where_turns_took_long_lately_nobody_is_answered_at_once_while_many_are_under_way() -> None:
    now = 0.0
    admission, order = Admission(at_once=100, clock=lambda: now), list[int]()

    async def twenty(seconds: float) -> bool:
        """Let twenty take so long; return whether one more might have been answered at once meanwhile."""
        nonlocal now
        done = asyncio.Event()
        tasks = [asyncio.create_task(_held(admission, order, number, done)) for number in range(20)]
        await asyncio.sleep(0)
        may = admission.may_answer_at_once()
        now += seconds
        done.set()
        await asyncio.gather(*tasks)
        return may

    assert await twenty(2.0)
    assert not await twenty(0.1)
    assert admission.may_answer_at_once(), "nobody is under way"
    assert await twenty(0.1)


async def test_one_too_many_is_turned_away_until_another_is_done() -> None:
    admission, done = Admission(most=1), asyncio.Event()

    async def come() -> bool:
        is_in = admission.enter()
        if is_in:
            await done.wait()
        return is_in

    first = asyncio.create_task(come())
    await asyncio.sleep(0)
    assert not await asyncio.create_task(come())
    done.set()
    assert await first
    assert await asyncio.create_task(come())

"""Time that a test moves forward."""

import asyncio
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.world.clock import Clock
from playground.world.snowflake import SnowflakeFactory, shard_of


async def test_what_falls_due_runs_in_order_and_the_rest_waits() -> None:
    clock = Clock()
    seen: list[int] = []
    for seconds in (30, 10, 20, 40):
        clock.call_later(seconds, partial(seen.append, seconds))
    clock.advance(31)
    assert seen == [10, 20, 30]
    clock.close()


async def test_a_timer_also_runs_by_itself() -> None:
    clock, done = Clock(), asyncio.Event()
    clock.call_later(0.01, done.set)
    await done.wait()
    clock.close()


async def test_a_cancelled_timer_never_runs() -> None:
    clock, seen = Clock(), []
    clock.call_later(1, lambda: seen.append(1)).cancel()
    clock.advance(2)
    assert seen == []


async def test_time_does_not_move_backwards() -> None:
    with pytest.raises(ValueError, match="forward only"):
        Clock().advance(-1)


@given(st.lists(st.floats(1_420_070_400, 4_000_000_000), min_size=1))
def test_ids_rise_whatever_the_time_does(moments: list[float]) -> None:
    times = iter(moments)
    ids = SnowflakeFactory(lambda: next(times))
    made = [ids.next() for _ in moments]
    assert made == sorted(set(made))


@given(st.integers(0, 2**63 - 1), st.integers(1, 100))
def test_every_server_has_one_shard(guild: int, shards: int) -> None:
    assert 0 <= shard_of(guild, shards) < shards

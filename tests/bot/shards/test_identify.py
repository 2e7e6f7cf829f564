"""Shards of one group identify one after the other, whichever process they are of; groups do not wait."""

import asyncio
import os
import time
from itertools import pairwise
from pathlib import Path

from bot.shards.identify import IdentifyTurns

_APART = 0.4


async def _taken(file: Path, *shards: int, max_concurrency: int = 1) -> list[float]:
    """Let each shard wait as if it were of a process of its own; return when they went in, in order."""

    async def take(shard: int) -> float:
        turns = IdentifyTurns(file, seconds_apart=_APART)
        turns.max_concurrency = max_concurrency
        await turns.take(shard)
        return time.monotonic()

    return sorted(await asyncio.gather(*map(take, shards)))


async def test_those_of_one_group_are_apart(tmp_path: Path) -> None:
    times = await _taken(tmp_path / "identify", 0, 1, 2)
    assert all(later - earlier >= 0.9 * _APART for earlier, later in pairwise(times))


async def test_other_groups_do_not_wait(tmp_path: Path) -> None:
    turns = IdentifyTurns(tmp_path / "identify", seconds_apart=3600.0)
    turns.max_concurrency = 16
    async with asyncio.timeout(60):
        await asyncio.gather(*(turns.take(shard) for shard in range(16)))
    waiting = asyncio.create_task(turns.take(16))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    waiting.cancel()


async def test_a_file_of_a_time_to_come_makes_nobody_wait_for_longer(tmp_path: Path) -> None:
    file = tmp_path / "identify-0"
    file.touch()
    os.utime(file, (time.time() + 86_400,) * 2)
    async with asyncio.timeout(30):
        await _taken(tmp_path / "identify", 0)


async def test_a_folder_that_cannot_be_written_costs_the_wait_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    async with asyncio.timeout(30):
        await _taken(tmp_path / "taken" / "identify", 0)

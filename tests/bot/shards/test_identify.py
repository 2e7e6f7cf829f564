"""Shards of one group identify one after the other, whichever process they are of; groups do not wait."""

import asyncio
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from bot.shards.identify import IdentifyTurns
from store.files.claims import Claim, FileClaim

_APART = 0.4


def claims(folder: Path) -> Callable[[str], Claim]:
    """The claims of a process that shares a folder with others."""
    return lambda name: FileClaim(folder / name)


async def test_those_of_one_group_are_apart(tmp_path: Path) -> None:
    async def take(shard: int) -> float:
        await IdentifyTurns(claims(tmp_path), seconds_apart=_APART).take(shard)
        return time.monotonic()

    times = sorted(await asyncio.gather(*map(take, range(3))))
    assert all(later - earlier >= 0.9 * _APART for earlier, later in pairwise(times))


async def test_other_groups_do_not_wait(tmp_path: Path) -> None:
    turns = IdentifyTurns(claims(tmp_path), seconds_apart=3600.0)
    turns.max_concurrency = 16
    async with asyncio.timeout(60):
        await asyncio.gather(*(turns.take(shard) for shard in range(16)))
    waiting = asyncio.create_task(turns.take(16))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    waiting.cancel()


async def test_where_no_turn_comes_the_shard_goes_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    holder = FileClaim(tmp_path / "identify-0")
    assert holder.take()
    await IdentifyTurns(claims(tmp_path), longest_wait=0.3).take(0)
    assert "no turn came" in caplog.text
    holder.release()


async def test_where_nothing_can_be_claimed_nobody_waits(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").touch()
    await IdentifyTurns(claims(tmp_path / "taken")).take(0)
    assert "cannot be locked" in caplog.text

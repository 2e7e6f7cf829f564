"""Looks come at once and then by plan, and the same failure is told of once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.published.schedule import LookPlan, Looks
from commands.core.services.refresher import RefreshResult
from store.runs import RunOutcome
from tests.bot.refreshers import ManualRefresher


class Told:
    """Who is told of failures."""

    def __init__(self) -> None:
        self.errors: list[str | None] = []

    async def hear(self, result: RefreshResult) -> None:
        self.errors.append(result.error)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def refresher() -> ManualRefresher:
    return ManualRefresher()


@pytest.fixture
async def looks(refresher: ManualRefresher, told: Told) -> AsyncIterator[Looks]:
    """Looks a hundredth of a second apart."""
    looks = Looks(LookPlan(timedelta(seconds=0.01)), refresher, told.hear)
    await looks.start()
    yield looks
    looks.stop()


async def end_next(refresher: ManualRefresher, outcome: RunOutcome, error: str | None = None) -> None:
    """Wait for the next look, and end it."""
    await refresher.begun.wait()
    refresher.begun.clear()
    assert refresher.job is not None
    refresher.job.end(outcome, error)


@pytest.mark.usefixtures("looks")
async def test_the_same_failure_is_told_of_once(refresher: ManualRefresher, told: Told) -> None:
    for error in ("no room", "no room", "no host", "no host"):
        await end_next(refresher, RunOutcome.FAILED, error)
    await end_next(refresher, RunOutcome.UNCHANGED)
    await end_next(refresher, RunOutcome.FAILED, "no host")
    await end_next(refresher, RunOutcome.APPLIED)
    await refresher.begun.wait()
    assert told.errors == ["no room", "no host", "no host"]


async def test_the_next_look_is_known_once_the_first_has_ended(
    looks: Looks, refresher: ManualRefresher
) -> None:
    assert looks.next_refresh() is None
    await end_next(refresher, RunOutcome.UNCHANGED)
    await refresher.begun.wait()
    due = looks.next_refresh()
    assert due is not None
    assert abs(due - datetime.now(UTC)) < timedelta(seconds=60)
    looks.stop()
    assert looks.next_refresh() is None


async def test_a_look_by_hand_is_not_doubled(looks: Looks, refresher: ManualRefresher) -> None:
    await end_next(refresher, RunOutcome.UNCHANGED)
    await refresher.begun.wait()
    by_hand = refresher.job
    await asyncio.sleep(0.05)
    assert refresher.job is by_hand
    assert looks.next_refresh() is not None

"""The clock of the schedules."""

from datetime import datetime, tzinfo

import pytest

from tests.bot.refresh.schedules import Clock, madrid


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that APScheduler looks at as well."""
    clock = Clock(madrid(4, 4))

    class ClockTime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock().astimezone(tz)

    for module in ("schedulers", "executors"):
        monkeypatch.setattr(f"apscheduler.{module}.base.datetime", ClockTime)
    return clock

"""Moments that were written down by a clock that was wrong."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import InstrumentedAttribute, Session

from ingest.sources.steam.kept.models import (
    AppState,
    HostLimit,
    KeptBase,
    PlayerCount,
    ReviewMark,
    SweepCursor,
)

# A correction of the machine's clock by less makes no difference to what is due.
_USUAL = timedelta(hours=1)
# No host asks to be left alone for longer; a moment further ahead is from a wrong clock.
LONGEST_ASKED = timedelta(days=1)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def correct_moments(session: Session, now: datetime) -> None:
    """Take back moments that have not come yet, as after a time in which the machine's clock was ahead.

    What they belong to counts as done long ago, so that it is due, rather than waiting until the clock gets
    there. A host may be asked at once.
    """
    at = now + _USUAL
    long_ago: tuple[tuple[type[KeptBase], InstrumentedAttribute[Any]], ...] = (
        (AppState, AppState.checked_at),
        (ReviewMark, ReviewMark.checked_at),
        (PlayerCount, PlayerCount.asked_at),
        (SweepCursor, SweepCursor.started_at),
        (SweepCursor, SweepCursor.full_at),
    )
    for table, moment in long_ago:
        _set(session, table, moment, at, {moment.key: _LONG_AGO})
    _set(session, AppState, AppState.first_seen, at, {"first_seen": now})
    _set(session, AppState, AppState.missed_on, now.date(), {"missed_on": now.date()})
    _set(session, PlayerCount, PlayerCount.counted_at, at, {"counted_at": now})
    _set(session, HostLimit, HostLimit.next_allowed_at, now + LONGEST_ASKED, {"next_allowed_at": now})


def _set(
    session: Session,
    table: type[KeptBase],
    moment: InstrumentedAttribute[Any],
    latest: object,
    values: Mapping[str, object],
) -> None:
    session.execute(update(table).where(moment > latest).values(**values))

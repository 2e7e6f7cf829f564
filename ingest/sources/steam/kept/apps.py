"""Which apps there are, and which are due to be asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, case, func, insert, or_, select, update
from sqlalchemy.orm import Session

from ingest.sources.steam.kept.models import AppState, SweepCursor
from ingest.sources.steam.shapes.lists import App

# An app counts as gone after this many misses, each on another day.
MISSES_TO_UNLIST = 3
_ASKED_LATELY = timedelta(hours=20)
_WITNESSES = 10
_LARGEST = 2**63 - 1
# SQLite takes a limited number of values in a statement; where more are due, witnesses are no matter.
_MOST_NAMED = 10_000
_MOST_WANTED = 3_000


def note_listed(session: Session, apps: Iterable[App], sweep: int | None, now: datetime) -> int:
    """Note what a page of the list says, and the full walk that it belongs to; return how many are new.

    What the list leaves out of an app is left as it was.
    """
    listed = {app.appid: app for app in apps if 0 < app.appid < 2**31}
    if not listed:
        return 0
    known = set(
        session.scalars(select(AppState.app).where(AppState.app >= min(listed), AppState.app <= max(listed)))
    )
    new = [app for app in listed if app not in known]
    if new:
        session.execute(insert(AppState), [{"app": app, "first_seen": now, "misses": 0} for app in new])
    changes = [
        {"app": app.appid}
        | ({"last_modified": app.last_modified} if _is_usable(app.last_modified) else {})
        | ({"price_change_number": app.price_change_number} if _is_usable(app.price_change_number) else {})
        | ({} if sweep is None else {"seen_in": sweep})
        for app in listed.values()
    ]
    for change in (entry for entry in _alike(changes) if len(entry[0]) > 1):
        session.execute(update(AppState), change)
    return len(new)


def _is_usable(number: int) -> bool:
    return 0 < number <= _LARGEST


def _alike(changes: list[dict[str, int]]) -> list[list[dict[str, int]]]:
    """Group changes by what they change: rows of one statement have the same columns."""
    groups: dict[tuple[str, ...], list[dict[str, int]]] = {}
    for change in changes:
        groups.setdefault(tuple(change), []).append(change)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Due:
    """Which apps to ask for, the most urgent first.

    The `witnesses` among them are listed games of which nothing is expected: if Steam knows none of them,
    its answers are at fault.
    """

    apps: list[int]
    witnesses: frozenset[int]


def due_apps(
    session: Session, now: datetime, *, renew_days: int, outdated_before: datetime | None = None
) -> Due:
    """Return the apps to ask for.

    New ones; those that the list says have changed, or no longer has; those that were missed on other days;
    those whose offer has ended; those that were asked for before `outdated_before`, as in another currency;
    and of the rest a share of one in `renew_days`, the longest unasked first, and a few witnesses at least.
    """
    last_full = last_full_walk(session)
    reasons = (
        AppState.checked_at.is_(None),
        or_(
            AppState.last_modified != AppState.checked_modified,
            AppState.price_change_number != AppState.checked_price,
        ),
        and_(
            AppState.misses > 0,
            AppState.misses < MISSES_TO_UNLIST,
            AppState.missed_on < now.date(),
        ),
        and_(AppState.seen_in < last_full, AppState.misses == 0),
        AppState.expires <= int(now.timestamp()),
        *(() if outdated_before is None else (AppState.checked_at < outdated_before,)),
    )
    due: dict[int, None] = {}
    for reason in reasons:
        due.update(
            dict.fromkeys(
                session.scalars(select(AppState.app).where(reason).order_by(AppState.ratings.desc()))
            )
        )
    known = session.scalar(select(func.count()).select_from(AppState)) or 0
    rest = select(AppState.app).where(AppState.checked_at.is_not(None)).order_by(AppState.checked_at)
    unasked = rest.where(AppState.checked_at < now - _ASKED_LATELY).limit(-(-known // renew_days))
    sound = rest.where(AppState.is_game, AppState.misses == 0, AppState.app.not_in(list(due)[:_MOST_NAMED]))
    witnesses = frozenset(session.scalars(sound.limit(_WITNESSES))) - due.keys()
    due.update(dict.fromkeys(session.scalars(unasked)))
    due.update(dict.fromkeys(witnesses))
    return Due(list(due), witnesses)


def most_wanted(wanted: Sequence[int]) -> tuple[SQLColumnExpression[Any], ...]:
    """Return the order in which apps are asked for one by one.

    The `wanted` come first, in their own order, the others by their reviews.
    """
    by_reviews = (AppState.ratings.desc(), AppState.app)
    places = {app: place for place, app in enumerate(wanted[:_MOST_WANTED])}
    if not places:
        return by_reviews
    # The list of all places is gone through only for those that have one.
    has_place = AppState.app.in_(list(places))
    place = case((has_place, case(places, value=AppState.app)), else_=len(places))
    return place, *by_reviews


def states_of(session: Session, apps: list[int]) -> dict[int, AppState]:
    """Return the states of some apps."""
    return {state.app: state for state in session.scalars(select(AppState).where(AppState.app.in_(apps)))}


def counts(session: Session) -> tuple[int, int]:
    """Return how many apps are known, and how many of them have been asked for."""
    asked = func.count(AppState.checked_at)
    known, checked = session.execute(select(func.count(), asked).select_from(AppState)).one()
    return known, checked


def last_full_walk(session: Session) -> int:
    """Return the number of the last walk through the whole list that ended, 0 if none did."""
    return session.scalar(select(func.max(SweepCursor.full_number))) or 0


def seen_in(session: Session, walk: int) -> int:
    """Return how many apps a full walk through the list has had."""
    statement = select(func.count()).select_from(AppState).where(AppState.seen_in == walk)
    return session.scalar(statement) or 0

"""Whether the tables wait for a refresh: what a migration adds or empties, only a refresh can fill again.

The mark stands in the record of the run whose data are in the store, so that the record of the next run that
is applied, which has none, lifts it in the same transaction.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Integer, Select, String, column, inspect, select, table, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store.caches.answer_cache import kept
from store.errors import NoData
from store.runs import RunAction, RunOutcome

WAITS_FOR_REFRESH = "Some tables are new or were emptied by an upgrade; `nextplay refresh` fills them."

_MARK = "awaits_refill"
# Not the model: a migration sees the columns of its own time, of which these are the oldest.
_RUNS = table(
    "refresh_runs",
    column("id", Integer),
    column("action", String),
    column("outcome", String),
    column("counts", JSON),
)
_GAMES = table("games", column("id", Integer))
_ANY_GAME = select(_GAMES.c.id).limit(1)


def require_refill(connection: Connection) -> None:
    """Have the next refresh refill all tables, even where its sources have not changed.

    In a store that no run has filled yet there is nothing to mark.
    """
    if not inspect(connection).has_table(_RUNS.name):
        return
    run = connection.execute(_newest_applied()).one_or_none()
    if run is not None:
        counts = {**run.counts, _MARK: True}
        connection.execute(update(_RUNS).where(_RUNS.c.id == run.id).values(counts=counts))


def awaits_refill(session: Session) -> bool:
    """Return whether the tables were changed since they were last filled, so that some may be empty."""
    run = session.execute(_newest_applied()).one_or_none()
    return run is not None and is_marked(run.counts)


def require_data(session: Session) -> None:
    """Refuse a store that no refresh has filled yet, where every question would find nothing.

    Raises:
        NoData: There is no game.
    """
    if not _has_data(session):
        raise NoData


@kept
def _has_data(session: Session) -> bool:
    return session.connection().scalar(_ANY_GAME) is not None


def is_marked(counts: Mapping[str, Any]) -> bool:
    """Return whether the data in the store wait for a refresh, by the `counts` of the run that wrote them."""
    return bool(counts.get(_MARK))


def _newest_applied() -> Select[tuple[int, dict[str, Any]]]:
    return (
        select(_RUNS.c.id, _RUNS.c.counts)
        .where(_RUNS.c.outcome == RunOutcome.APPLIED.value, _RUNS.c.action != RunAction.TRAIN.value)
        .order_by(_RUNS.c.id.desc())
        .limit(1)
    )

"""Step: ask for the facts of all apps that are due, a hundred a call."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ingest.sources.steam.calls import ITEMS_A_CALL
from ingest.sources.steam.fetching import Fetching, in_batches
from ingest.sources.steam.kept.apps import MISSES_TO_UNLIST, due_apps, last_full_walk, states_of
from ingest.sources.steam.kept.marks import GAMES_STATE, touch
from ingest.sources.steam.kept.models import AppState
from ingest.sources.steam.pages import PageKeeper, pages_of
from ingest.sources.steam.read_names import known_words
from store.runs import Stage

_KNOWN = 1
# Steam's results of an app that it does not have, or does not show here: no such file, denied, no match.
# Any other, such as 10 (busy), says nothing of the app.
_UNKNOWN = (9, 15, 42)
# What the list does not tell is looked up again within this many days: with a key it tells every change.
_RENEW_DAYS, _RENEW_DAYS_WITHOUT_KEY = 90, 14
# No larger share of the games can go in one night, unless it is only a few.
_MOST_MISSING_SHARE = 0.02
_FEW_MISSING = 20


def fetch_items(fetching: Fetching, keeper: PageKeeper) -> None:
    """Ask for all apps that are due; each batch is kept as it comes.

    An app that Steam does not know counts as missed today. It is unlisted after three such days, and not at
    all where so many are missing at once that Steam itself must be at fault. One that an answer leaves out
    is neither: it stays due.

    Raises:
        Interruption: Not all were asked for.
    """
    days = _RENEW_DAYS if fetching.has_key else _RENEW_DAYS_WITHOUT_KEY
    with fetching.kept.writer() as session:
        since = known_words(session, fetching.settings.country).currency_since
        due = due_apps(session, fetching.clock.now(), renew_days=days, outdated_before=since)
        walk = last_full_walk(session)
    fetching.progress.start(Stage.ASKING_FOR_GAMES, len(due.apps), "games")
    missing: list[int] = []
    try:
        for batch in in_batches(due.apps, ITEMS_A_CALL):
            items = fetching.client.items(batch, fetching.settings.languages[0])
            missing += _keep(fetching, keeper, batch, items, walk)
            fetching.progress.advance(len(batch))
    finally:
        _count_missing(fetching, keeper, missing, due.witnesses)


def _keep(
    fetching: Fetching, keeper: PageKeeper, batch: Sequence[int], items: list[dict[str, Any]], walk: int
) -> list[int]:
    """Keep the items of a batch; return the apps that Steam says it does not know."""
    found = {item.get("id"): item for item in reversed(items)}
    _note_trouble(fetching, [found[app] for app in batch if app in found])
    now = fetching.clock.now()
    with fetching.kept.writer() as session:
        states = states_of(session, list(batch))
        known = [app for app in batch if _is_known(found.get(app))]
        pages, is_new = pages_of(session, known), False
        for app in known:
            is_new |= keeper.keep(session, states[app], pages.get(app), found[app], now)
            states[app].seen_in = max(states[app].seen_in, walk)
        if is_new:
            touch(session, GAMES_STATE)
    return [app for app in batch if _is_unknown(found.get(app))]


def _is_known(item: dict[str, Any] | None) -> bool:
    return item is not None and item.get("success") == _KNOWN and bool(item.get("visible"))


def _is_unknown(item: dict[str, Any] | None) -> bool:
    return item is not None and not _is_known(item) and item.get("success") in (_KNOWN, *_UNKNOWN)


def _note_trouble(fetching: Fetching, items: Sequence[dict[str, Any]]) -> None:
    """Count the items in whose place Steam reports trouble; the run has not got through then."""
    troubled = [item for item in items if not _is_known(item) and not _is_unknown(item)]
    for _ in troubled:
        fetching.differences.note("store_items.success: trouble in place of an app")
    said = "Steam tells of trouble in place of some games"
    if troubled and said not in fetching.unfinished:
        fetching.unfinished.append(said)


def _count_missing(
    fetching: Fetching, keeper: PageKeeper, missing: list[int], witnesses: frozenset[int]
) -> None:
    """Count a miss of today for each, unless there are too many to be believed."""
    now = fetching.clock.now()
    with fetching.kept.writer() as session:
        listed = session.scalar(select(func.count()).select_from(AppState).where(AppState.is_game)) or 0
        states = states_of_many(session, missing)
        gone = [state for state in states if state.is_game]
        is_silent = bool(witnesses) and witnesses.issubset(missing)
        if is_silent or len(gone) > max(_FEW_MISSING, _MOST_MISSING_SHARE * listed):
            fetching.unfinished.append(
                f"{len(gone):,} games are suddenly unknown to Steam, which is not believed"
            )
            return
        for state in states:
            if state.missed_on != now.date():
                state.misses, state.missed_on = state.misses + 1, now.date()
            state.checked_at = now
            state.checked_modified, state.checked_price = state.last_modified, state.price_change_number
            if state.misses >= MISSES_TO_UNLIST:
                keeper.unlist(session, state)
                touch(session, GAMES_STATE)


def states_of_many(session: Session, apps: Sequence[int]) -> list[AppState]:
    """Return the states of any number of apps."""
    return [
        state
        for batch in in_batches(apps, ITEMS_A_CALL)
        for state in states_of(session, list(batch)).values()
    ]

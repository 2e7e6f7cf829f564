"""Step: list the games of the store, all of them or those that have changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ingest.sources.steam.calls import QUERIED_A_PAGE
from ingest.sources.steam.fetching import Fetching
from ingest.sources.steam.interruptions import HostGivenUp, KeyRefused, NotBelieved
from ingest.sources.steam.kept.apps import counts, note_listed, seen_in
from ingest.sources.steam.kept.models import SweepCursor
from ingest.sources.steam.pages import stamp_of
from ingest.sources.steam.shapes.lists import App
from store.runs import Stage

_BY_KEY, _WITHOUT_KEY = "GetAppList", "Query"
# How often the whole list is read: apps that were removed are missing in it and reported nowhere.
_BETWEEN_FULL = timedelta(days=7)
# Changes are asked for from this long before the last time: clocks differ, and Steam may report late.
_OVERLAP = timedelta(hours=1)
# One empty page may be a glitch; this many in a row are believed.
_EMPTY_PAGES_BELIEVED = 2
# A whole list that is shorter than this share of the apps known is not believed.
_LEAST_SHARE = 0.8
_FEW_APPS = 100
_LAST_APP = 2**31 - 1
# Pages by offset shift while the store changes: the first time they are gone through until nothing is new.
_MOST_PASSES = 3


def list_apps(fetching: Fetching) -> None:
    """Bring the list of apps up to date, going on where a run before was stopped.

    Raises:
        Interruption: The list is not through; what came of it is kept.
    """
    fetching.progress.start(Stage.LISTING_STORE, None, "games")
    if fetching.has_key:
        try:
            _Walk(fetching, _BY_KEY).go_on()
            return
        except KeyRefused:
            fetching.key_refused = True
    try:
        _Walk(fetching, _WITHOUT_KEY).go_on()
    except HostGivenUp:
        fetching.key_refused = False  # where nobody is let in, the key is not to blame
        raise
    finally:
        if fetching.key_refused:
            fetching.notes.append(
                "Steam does not take the key in STEAM_API_KEY, so the list came without one; check the key."
            )


class _Walk:
    """One walk through a list, whose place is kept with every page."""

    def __init__(self, fetching: Fetching, name: str) -> None:
        self._fetching = fetching
        self._name = name
        self._cursor = self._begin()

    def go_on(self) -> None:
        """Go on to the end."""
        pages = self._by_key() if self._name == _BY_KEY else self._by_offset()
        for apps, position in pages:
            now = self._fetching.clock.now()
            with self._fetching.kept.writer() as session:
                cursor = session.merge(self._cursor)
                added = note_listed(session, apps, cursor.number if cursor.is_full else None, now)
                cursor.position, cursor.added = position, cursor.added + added
                self._cursor = cursor
            self._fetching.progress.advance(len(apps))
        self._end()

    def _begin(self) -> SweepCursor:
        now = self._fetching.clock.now()
        with self._fetching.kept.writer() as session:
            before = session.get(SweepCursor, self._name)
            if before is not None and before.finished_at is None:
                return before
            is_full = self._name == _WITHOUT_KEY or _is_full_due(before, now)
            since = 0 if is_full or before is None else stamp_of(before.started_at - _OVERLAP)
            cursor = SweepCursor(
                name=self._name,
                number=(before.number if before else 0) + is_full,
                is_full=is_full,
                position=0,
                since=since,
                added=0,
                passes=0,
                started_at=now,
                finished_at=None,
                full_at=before.full_at if before else None,
                full_number=before.full_number if before else 0,
            )
            return session.merge(cursor)

    def _by_key(self) -> Iterator[tuple[list[App], int]]:
        client, empty = self._fetching.client, 0
        while True:
            page = client.app_list(self._cursor.position, self._cursor.since)
            if not page.apps and not page.have_more_results and empty + 1 < _EMPTY_PAGES_BELIEVED:
                empty += 1
                continue
            highest = max((app.appid for app in page.apps), default=0)
            last = page.last_appid or highest
            is_further = min(last, highest) > self._cursor.position
            if last > _LAST_APP:
                raise NotBelieved(f"GetAppList goes on from app {last:,}, which cannot be")
            if page.apps and is_further:
                yield page.apps, last
            if not page.have_more_results:
                return
            if not is_further:
                raise NotBelieved("GetAppList gives the same page again")

    def _by_offset(self) -> Iterator[tuple[list[App], int]]:
        client, empty, seen = self._fetching.client, 0, set[int]()
        while True:
            page = client.query(self._cursor.position)
            total = page.metadata.total_matching_records if page.metadata else 0
            apps = [App(appid=entry.appid) for entry in page.ids]
            if apps and seen.issuperset(app.appid for app in apps):
                raise NotBelieved("Query gives the same pages again")
            seen.update(app.appid for app in apps)
            if apps:
                yield apps, self._cursor.position + len(apps)
                empty, is_full = 0, len(apps) >= QUERIED_A_PAGE
                is_over = self._cursor.position >= total if total else not is_full
            else:
                empty += 1
                is_over = empty >= _EMPTY_PAGES_BELIEVED or 0 < total <= self._cursor.position
            if is_over:
                if not self._begin_pass():
                    return
                seen.clear()

    def _begin_pass(self) -> bool:
        """Begin the list again if it has grown in a first walk, in which pages may have been missed."""
        with self._fetching.kept.writer() as session:
            cursor = session.merge(self._cursor)
            cursor.passes += 1
            again = cursor.full_number == 0 and cursor.added > 0 and cursor.passes < _MOST_PASSES
            if again:
                cursor.position, cursor.added = 0, 0
            self._cursor = cursor
        return again

    def _end(self) -> None:
        """Record that the walk is through, if it can be."""
        now = self._fetching.clock.now()
        with self._fetching.kept.writer() as session:
            known, _checked = counts(session)
            cursor = session.merge(self._cursor)
            cursor.finished_at = now
            if cursor.is_full:
                seen = seen_in(session, cursor.number)
                if not seen or (known > _FEW_APPS and seen < _LEAST_SHARE * known):
                    self._fetching.unfinished.append(
                        f"the list has {seen:,} games where {known:,} are known, which is not believed"
                    )
                else:
                    cursor.full_at, cursor.full_number = now, cursor.number


def _is_full_due(before: SweepCursor | None, now: datetime) -> bool:
    return before is None or before.full_at is None or now - before.full_at >= _BETWEEN_FULL

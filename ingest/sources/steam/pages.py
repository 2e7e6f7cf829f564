"""Apps' pages as they are kept: what Steam said, packed, and the clean row that is made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

import msgspec
from backports import zstd
from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.clean.rows import CleanGame
from ingest.sources.steam.clean_item import ItemCleaner, StoreWords, expiry_of
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.kept.marks import GAMES_STATE, touch
from ingest.sources.steam.kept.models import AppPage, AppState
from ingest.sources.steam.shapes.items import StoreItem
from store.models import GameKind

# Raised whenever the same page would give another clean row than before.
_CLEANING_VERSION = 1
_LEVEL = 3
_ROWS_AT_ONCE = 1_000

_TO_ROW = msgspec.msgpack.Decoder(CleanGame)


class PageKeeper:
    """Keeps pages, and cleans them by the names that the store has for its numbers now."""

    def __init__(self, words: StoreWords, differences: Differences, media: str) -> None:
        """Keep pages; `media` is the host of their pictures."""
        self._cleaner = ItemCleaner(words, differences, media)
        self._differences = differences
        self._rules = _digest(words, media)

    def keep(
        self,
        session: Session,
        state: AppState,
        page: AppPage | None,
        item: Mapping[str, Any],
        now: datetime,
    ) -> bool:
        """Keep what Steam says of an app that it knows; return whether that is anything new.

        Args:
            session: A writer's.
            state: That of the app.
            page: What was kept of it before, if anything was.
            item: What Steam says now.
            now: When it said it.
        """
        packed = zstd.compress(msgspec.json.encode(item), _LEVEL)
        before = None if page is None else row_of(page)
        if page is None:
            page = AppPage(app=state.app, listed=True)
            session.add(page)
        page.page, page.fetched_at, page.listed = packed, now, True
        shape, row = self._clean(page, dict(item))
        state.checked_at, state.misses, state.missed_on = now, 0, None
        state.checked_modified, state.checked_price = state.last_modified, state.price_change_number
        state.expires = expiry_of(shape, now)
        state.ratings = (row.page and row.page.rating_count) or 0
        state.is_game = row.listed and row.kind is GameKind.GAME
        return before is None or _without_time(before) != _without_time(row)

    def unlist(self, session: Session, state: AppState) -> None:
        """Keep the facts of an app that Steam no longer knows, unlisted."""
        page = session.get(AppPage, state.app)
        if page is not None and page.listed:
            page.listed = False
            self._clean_again(page)
        state.is_game = False

    def add_details(self, session: Session, app: int, details: dict[str, object] | None) -> None:
        """Add what the slow page says; None leaves what was known."""
        page = session.get(AppPage, app)
        if page is not None and details is not None and details != page.details:
            page.details = details
            self._clean_again(page)
            touch(session, GAMES_STATE)

    def add_titles(self, session: Session, app: int, titles: Mapping[str, str]) -> None:
        """Add names in other languages; those that are the page's own are left out."""
        page = session.get(AppPage, app)
        if page is None:
            return
        own = row_of(page).title
        differing = {language: title for language, title in titles.items() if title and title != own}
        if differing != (page.titles or {}):
            page.titles = differing
            self._clean_again(page)
            touch(session, GAMES_STATE)

    def clean_outdated(self, session: Session) -> int:
        """Clean again the pages that were cleaned by other rules, some at a time; return how many."""
        outdated = session.scalars(
            select(AppPage).where(AppPage.rules != self._rules).limit(_ROWS_AT_ONCE)
        ).all()
        for page in outdated:
            self._clean_again(page)
        if outdated:
            touch(session, GAMES_STATE)
        return len(outdated)

    def _clean_again(self, page: AppPage) -> None:
        self._clean(page, msgspec.json.decode(zstd.decompress(page.page)))

    def _clean(self, page: AppPage, item: dict[str, Any]) -> tuple[StoreItem, CleanGame]:
        shape = self._differences.read(item, StoreItem, "store_items")
        row = self._cleaner.clean(shape, page.fetched_at)
        details = page.details or {}
        genres, metascore = details.get("genres"), details.get("metascore")
        row = replace(
            row,
            id=page.app,
            listed=row.listed and page.listed,
            genres=tuple(map(str, genres)) if isinstance(genres, list) else (),
            metascore=metascore if isinstance(metascore, int) else None,
            titles=tuple(sorted((page.titles or {}).items())),
        )
        page.clean, page.rules = msgspec.msgpack.encode(row), self._rules
        return shape, row


def pages_of(session: Session, apps: Sequence[int]) -> dict[int, AppPage]:
    """Return what is kept of some apps."""
    return {page.app: page for page in session.scalars(select(AppPage).where(AppPage.app.in_(apps)))}


def row_of(page: AppPage) -> CleanGame:
    """Return the clean row of a page."""
    return decoded_row(page.clean)


def _without_time(row: CleanGame) -> CleanGame:
    return replace(row, page=row.page and replace(row.page, checked_at=None))


def decoded_row(clean: bytes) -> CleanGame:
    """Return a clean row from its bytes."""
    return _TO_ROW.decode(clean)


class _Words(dict[str, str]):
    """Each word that was asked for, as it was met first."""

    def __missing__(self, word: str) -> str:
        self[word] = word
        return word


class RowReader:
    """Reads many clean rows in little room: a word that many games share is kept once."""

    def __init__(self) -> None:
        self._words = _Words()
        self._lists: dict[tuple[str, ...], tuple[str, ...]] = {}

    def row(self, clean: bytes) -> CleanGame:
        """Return a clean row from its bytes."""
        row = decoded_row(clean)
        # Nobody else has the row yet: to copy it would take as long as to decode it.
        put = object.__setattr__
        put(row, "genres", self._list(row.genres) or ())
        put(row, "tags", tuple(map(self._words.__getitem__, row.tags)))
        put(row, "specs", self._list(row.specs) or ())
        if row.page is not None:
            put(row.page, "languages", self._list(row.page.languages))
            put(row.page, "audio_languages", self._list(row.page.audio_languages))
        return row

    def _list(self, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if names is None:
            return None
        known = self._lists.get(names)
        if known is None:
            known = tuple(map(self._words.__getitem__, names))
            self._lists[known] = known
        return known


def _digest(words: StoreWords, media: str) -> str:
    named = (sorted(words.tags.items()), sorted(words.features.items()))
    parts = (_CLEANING_VERSION, *named, words.currency, words.currency_since, media)
    return blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def stamp_of(moment: datetime) -> int:
    """Return the seconds since the epoch."""
    return int(moment.astimezone(UTC).timestamp())

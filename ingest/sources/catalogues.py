"""Merging catalogues: facts come from the newest, and older ones fill its gaps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from ingest.clean.kinds import kind_of
from ingest.clean.rows import CleanGame, CleanStorePage

# Each of these is taken from the newest catalogue that knows it.
_FACTS = ("title", "publisher", "price_cents", "metascore", "steam_rating")
_LISTS = ("developers", "genres", "tags", "specs", "titles")
# What belongs together comes from one catalogue: the first that knows the first of them.
_OF_PAGES = (
    (
        *("price_now_cents", "list_price_cents", "currency", "discount_percent", "discount_ends"),
        *("offer", "offer_ends"),
    ),
    ("rating_percent", "rating_count"),
    ("players_now", "players_counted_at"),
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The games of one catalogue, and the day that it is of; None is unknown, and older than all others."""

    games: Sequence[CleanGame]
    day: date | None


def merge_catalogues(catalogues: Iterable[Catalogue]) -> Iterator[CleanGame]:
    """Yield every game once, and again what a catalogue has more than once; of equally old ones the first."""
    versions: dict[int, list[CleanGame]] = {}
    again: list[CleanGame] = []
    for catalogue in sorted(catalogues, key=lambda one: one.day or date.min, reverse=True):
        seen: set[int] = set()
        for game in catalogue.games:
            if game.id in seen:
                again.append(game)
            else:
                seen.add(game.id)
                versions.setdefault(game.id, []).append(game)
    yield from map(merge_versions, versions.values())
    yield from again


def merge_versions(versions: Sequence[CleanGame]) -> CleanGame:
    """Merge what several catalogues say of one game, the newest first."""
    newest = versions[0]
    if len(versions) == 1:
        return newest
    known = {name: _first(versions, name) for name in (*_FACTS, *_LISTS)}
    dated = next((game for game in versions if game.release_year is not None), newest)
    # Only the genres of a catalogue may say that a game is in early access.
    described = next((game for game in versions if game.genres), newest)
    pages = [game.page for game in versions if game.page is not None]
    return replace(
        newest,
        **known,
        kind=kind_of(
            known["title"] or "",
            genres=known["genres"],
            specs=known["specs"],
            tags=known["tags"],
            price_cents=known["price_cents"],
        ),
        release_date=dated.release_date,
        release_year=dated.release_year,
        release_text=dated.release_text,
        early_access=described.early_access,
        page=_merge_pages(pages) if pages else None,
    )


def _merge_pages(pages: Sequence[CleanStorePage]) -> CleanStorePage:
    together = {name for group in _OF_PAGES for name in group}
    values = {
        entry.name: _first(pages, entry.name)
        for entry in fields(CleanStorePage)
        if entry.name not in together
    }
    for group in _OF_PAGES:
        page = next((page for page in pages if getattr(page, group[0]) is not None), pages[0])
        values |= {name: getattr(page, name) for name in group}
    return CleanStorePage(**values)


def _first(versions: Sequence[CleanGame] | Sequence[CleanStorePage], name: str) -> Any:
    """Return the newest value that is known; 0 and False are known."""
    values = [getattr(version, name) for version in versions]
    return next((value for value in values if value is not None and value != ()), values[0])

"""Which facts of a game differ, among those that summaries and training depend on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import table_of
from ingest.clean.rows import CleanGame
from ingest.load.descriptions import names_of
from ingest.touched import NOTHING, Touched
from store.models import Game, GameKind, StorePage

# SQLite takes at most 32,766 values in a statement.
_GAMES_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What summaries and training take from a game; each field is what one part of `Touched` is about."""

    titles: str | None = None
    kinds: GameKind | None = None
    listing: bool = False
    releases: tuple[date | None, int | None] = (None, None)
    prices: int | None = None
    credits: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    specs: tuple[str, ...] = ()
    ratings: tuple[int | None, int | None] = (None, None)
    acclaim: tuple[str | None, int | None] = (None, None)


_ABSENT = Facts()
_PARTS = {entry.name: Touched[entry.name.upper()] for entry in fields(Facts)}


def touched_by(before: Mapping[int, Facts], after: Mapping[int, Facts]) -> Touched:
    """Return in which facts games differ; a game on one side only differs in all that it has."""
    touched = NOTHING if before.keys() == after.keys() else Touched.APPS
    for app in before.keys() | after.keys():
        old, new = before.get(app, _ABSENT), after.get(app, _ABSENT)
        for name, part in _PARTS.items():
            if part not in touched and getattr(old, name) != getattr(new, name):
                touched |= part
    return touched


def facts_of(game: CleanGame) -> Facts:
    """Return the facts of a game that is about to be written."""
    page = game.page
    return Facts(
        game.title,
        game.kind,
        game.listed,
        (game.release_date, game.release_year),
        game.price_cents,
        game.developers,
        game.genres,
        game.tags,
        game.specs,
        (None, None) if page is None else (page.rating_percent, page.rating_count),
        (game.steam_rating, game.metascore),
    )


def stored_facts(connection: Connection, apps: Sequence[int]) -> dict[int, Facts]:
    """Return the facts that the store has of some games.

    One that no source has any more, and which therefore has no fingerprint, has none.
    """
    game, page = table_of(Game).c, table_of(StorePage).c
    columns = (game.id, game.title, game.kind, game.listed, game.release_date, game.release_year)
    rated = (game.steam_rating, game.metascore, page.rating_percent, page.rating_count)
    statement = select(*columns, game.price_cents, *rated).outerjoin(
        table_of(StorePage), page.game_id == game.id
    )
    found: dict[int, Facts] = {}
    for some in _in_parts(apps):
        named = [names_of(connection, kind, some) for kind in ("developers", "genres", "tags", "specs")]
        rows = connection.execute(statement.where(game.id.in_(some), game.fingerprint.is_not(None)))
        for app, title, kind, listed, day, year, price, words, score, percent, count in rows:
            credits_, genres, tags, specs = (of_kind.get(app, ()) for of_kind in named)
            found[app] = Facts(
                title,
                kind,
                listed,
                (day, year),
                price,
                credits_,
                genres,
                tags,
                specs,
                (percent, count),
                (words, score),
            )
    return found


def _in_parts(apps: Sequence[int]) -> Iterable[Sequence[Any]]:
    return (apps[start : start + _GAMES_AT_ONCE] for start in range(0, len(apps), _GAMES_AT_ONCE))

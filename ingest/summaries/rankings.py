"""The games at the top of each list, by what people say of them or how much they play them."""

from collections.abc import Iterator
from statistics import median_low
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from ingest.loading import insert_columns, table_of
from store.models import (
    UNKNOWN_YEAR,
    Game,
    GameGenre,
    GameKind,
    GameStats,
    RankedGames,
    TopBy,
)
from store.wilson import lower_bound_of

_ALL_GENRES = 0
_STATS = table_of(GameStats).c

Ranking = tuple[int, NDArray[np.int32], NDArray[np.int16]]


def write_rankings(connection: Connection) -> None:
    """Put the listed games in each order of `store.queries.top_games`: all of them, and those of each genre.

    DLC, soundtracks and the like are no games. Ties break by title.
    """
    link = table_of(GameGenre)
    pairs = np.array(
        connection.execute(select(link.c.genre_id, link.c.game_id)).all(), dtype=np.int32
    ).reshape(-1, 2)
    for by in TopBy:
        most_owners = _usual_owners(connection) if by is TopBy.GEMS else None
        order, *conditions = _order(by, most_owners)
        rankings = list(_by_genre(*_ranked(connection, order, conditions), pairs))
        insert_columns(
            connection,
            RankedGames,
            {
                "by": [by] * len(rankings),
                "genre_id": [genre for genre, _games, _years in rankings],
                "most_owners": [most_owners] * len(rankings),
                "game_ids": [games.astype("<i4").tobytes() for _genre, games, _years in rankings],
                "years": [years.astype("<i2").tobytes() for _genre, _games, years in rankings],
            },
        )


def _usual_owners(connection: Connection) -> int:
    """Return how many players own the middle one of the games that are reviewed and owned at all."""
    reviewed = select(_STATS.owners).where(_STATS.reviews > 0, _STATS.owners > 0)
    owners = connection.execute(reviewed).scalars().all()
    return median_low(owners) if owners else 0


def _order(by: TopBy, most_owners: int | None) -> tuple[ColumnElement[Any], *tuple[ColumnElement[bool], ...]]:
    """Return what to order by, and which games come into question."""
    if by is TopBy.HOURS:
        return _STATS.minutes, _STATS.minutes > 0
    if by is TopBy.OWNERS:
        return _STATS.owners, _STATS.owners > 0
    loved = lower_bound_of(_STATS.recommended, _STATS.reviews)
    if most_owners is None:
        return loved, _STATS.reviews > 0
    # One that nobody owns is missing from the libraries rather than little known.
    return loved, _STATS.owners.between(1, most_owners), _STATS.reviews.between(1, most_owners)


def _ranked(
    connection: Connection, order: ColumnElement[Any], conditions: list[ColumnElement[bool]]
) -> tuple[NDArray[np.int32], NDArray[np.int16]]:
    """Return the games that meet the conditions, the highest first, and the years of their release."""
    game = table_of(Game)
    rows = connection.execute(
        select(game.c.id, func.coalesce(game.c.release_year, UNKNOWN_YEAR))
        .join(table_of(GameStats), _STATS.game_id == game.c.id)
        .where(game.c.listed, game.c.kind == GameKind.GAME, *conditions)
        .order_by(order.desc(), game.c.title)
    ).all()
    games, years = np.array(rows, dtype=np.int32).reshape(-1, 2).T
    return games, years.astype(np.int16)


def _by_genre(
    games: NDArray[np.int32], years: NDArray[np.int16], pairs: NDArray[np.int32]
) -> Iterator[Ranking]:
    """Yield the ranking itself and what is left of it in each genre; `pairs` are of a genre and a game."""
    yield _ALL_GENRES, games, years
    by_id = np.argsort(games)
    found = np.searchsorted(games, pairs[:, 1], sorter=by_id)
    place = by_id[np.minimum(found, len(games) - 1)] if len(games) else found
    ranked = games[place] == pairs[:, 1] if len(games) else np.zeros(len(pairs), dtype=bool)
    for genre in np.unique(pairs[:, 0]).tolist():
        places = np.sort(place[ranked & (pairs[:, 0] == genre)])
        yield genre, games[places], years[places]

"""The games at the top of each list, by what people say of them or how much they play them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from statistics import median_low
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from store.models import (
    UNKNOWN_YEAR,
    Game,
    GameGenre,
    GameKind,
    GameStats,
    RankedGames,
    StorePage,
    TopBy,
)
from store.scoring.wilson import lower_bound_of

_ALL_GENRES = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Candidates:
    """The games that may be ranked, by title: columns of one length.

    `approval` is the Wilson bound of the share of reviews that recommend; `rating` that of Steam's own, of
    `ratings` reviews. Both are NaN where the store page is not known.
    """

    game: NDArray[np.float64]
    year: NDArray[np.float64]
    owners: NDArray[np.float64]
    minutes: NDArray[np.float64]
    reviews: NDArray[np.float64]
    approval: NDArray[np.float64]
    rating: NDArray[np.float64]
    ratings: NDArray[np.float64]


def write_rankings(connection: Connection) -> None:
    """Put the listed games in each order of `store.queries.top_games`: all of them, and those of each genre.

    DLC, soundtracks and the like are no games. Ties break by title.
    """
    candidates = _candidates(connection)
    link = table_of(GameGenre)
    genres = _columns(connection.execute(select(link.c.genre_id, link.c.game_id)).all(), 2).astype(np.int32)
    for by in TopBy:
        most_owners = _usual_owners(connection) if by is TopBy.GEMS else None
        chosen = _ranked(candidates, by, most_owners)
        rankings = list(_by_genre(candidates.game[chosen], candidates.year[chosen], *genres))
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


def _candidates(connection: Connection) -> _Candidates:
    game, stats, page = table_of(Game).c, table_of(GameStats).c, table_of(StorePage).c
    good = page.rating_percent * page.rating_count / 100.0
    rows = connection.execute(
        select(
            game.id,
            func.coalesce(game.release_year, UNKNOWN_YEAR),
            stats.owners,
            stats.minutes,
            stats.reviews,
            case((stats.reviews > 0, lower_bound_of(stats.recommended, stats.reviews)), else_=0.0),
            case((page.rating_count > 0, lower_bound_of(good, page.rating_count)), else_=None),
            case((page.rating_percent.is_not(None), page.rating_count), else_=None),
        )
        .join(table_of(GameStats), stats.game_id == game.id)
        .outerjoin(table_of(StorePage), page.game_id == game.id)
        .where(game.listed, game.kind == GameKind.GAME)
        .order_by(game.title)
    ).all()
    return _Candidates(*_columns(rows, len(fields(_Candidates))))


def _columns(rows: Sequence[Any], width: int) -> NDArray[np.float64]:
    # Whole numbers stay exact: none comes near 2**53.
    return np.array([tuple(row) for row in rows], dtype=np.float64).reshape(-1, width).T


def _usual_owners(connection: Connection) -> int:
    """Return how many players own the middle one of the apps that are reviewed and owned at all."""
    stats = table_of(GameStats).c
    reviewed = select(stats.owners).where(stats.reviews > 0, stats.owners > 0)
    owners = connection.execute(reviewed).scalars().all()
    return median_low(owners) if owners else 0


def _ranked(candidates: _Candidates, by: TopBy, most_owners: int | None) -> NDArray[np.intp]:
    """Return the indices of the games that come into question, the best first."""
    owners, reviews = candidates.owners, candidates.reviews
    if by is TopBy.HOURS:
        value, counts = candidates.minutes, candidates.minutes > 0
    elif by is TopBy.OWNERS:
        value, counts = owners, owners > 0
    elif most_owners is None:
        value, counts = candidates.approval, reviews > 0
    else:
        few = (owners <= most_owners) & (reviews <= most_owners)
        # One that nobody owns is missing from the libraries rather than little known.
        of_data = few & (owners > 0) & (reviews > 0)
        is_rated = candidates.ratings > 0
        usual = np.median(candidates.ratings[is_rated]) if is_rated.any() else 0
        of_steam = few & is_rated & (candidates.ratings <= usual)
        value = np.where(is_rated, candidates.rating, candidates.approval)
        counts = np.where(is_rated, of_steam, of_data)
    indices = np.flatnonzero(counts)
    return indices[np.argsort(-value[indices], kind="stable")]


def _by_genre(
    games: NDArray[Any], years: NDArray[Any], genres: NDArray[np.int32], members: NDArray[np.int32]
) -> Iterator[tuple[int, NDArray[Any], NDArray[Any]]]:
    """Yield the ranking itself, and what is left of it in each genre; `members` are games of the `genres`."""
    yield _ALL_GENRES, games, years
    for genre in np.unique(genres).tolist():
        of_genre = np.isin(games, members[genres == genre])
        yield genre, games[of_genre], years[of_genre]

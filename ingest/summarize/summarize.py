"""One pass over all summaries: those whose tables a run has touched are recomputed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from ingest.bulk_insert import indexes_off, table_of
from ingest.load import Loaded, StoredPlayers
from ingest.stage import Staged
from ingest.summarize.aliases import known_games, write_aliases
from ingest.summarize.data_dates import write_data_dates
from ingest.summarize.libraries import write_packed_libraries
from ingest.summarize.names import MADE_OF, index_names, write_names
from ingest.summarize.ownership import Ownership
from ingest.summarize.playtime import (
    write_game_stats,
    write_genre_champions,
    write_genre_years,
    write_player_stats,
)
from ingest.summarize.rankings import write_rankings
from ingest.summarize.releases import write_developer_years
from ingest.summarize.reviews import write_developer_review_years, write_game_review_years
from ingest.touched import EVERYTHING, Touched
from store import models
from store.models import GameAlias, NameKind
from store.models.base import Base

_Write = Callable[[Connection, Staged, Ownership, StoredPlayers], None]


@dataclass(frozen=True, slots=True)
class _Summary:
    """Tables that are filled together, what they are made of, and how; later ones may be made of them."""

    tables: tuple[type[Base], ...]
    made_of: Touched
    write: _Write


def _of_tables(write: Callable[[Connection], None]) -> _Write:
    """Return the writer of a summary that is made only of tables."""
    return lambda connection, *_others: write(connection)


_SUMMARIES = (
    _Summary(
        (models.DeveloperYear,),
        Touched.LISTING | Touched.RELEASES | Touched.PRICES | Touched.CREDITS,
        _of_tables(write_developer_years),
    ),
    _Summary(
        (models.ReviewYear, models.GameReviewYear), Touched.REVIEWS, _of_tables(write_game_review_years)
    ),
    _Summary(
        (models.DeveloperReviewYear,),
        Touched.REVIEWS | Touched.RELEASES | Touched.CREDITS,
        _of_tables(write_developer_review_years),
    ),
    _Summary((models.GameStats,), Touched.APPS | Touched.LIBRARIES | Touched.REVIEWS, write_game_stats),
    _Summary(
        (models.PlayerStats,),
        Touched.PLAYERS | Touched.LIBRARIES | Touched.REVIEWS | Touched.PRICES,
        write_player_stats,
    ),
    _Summary(
        (models.GenreChampionYear, models.GenreChampion),
        Touched.PLAYERS | Touched.LIBRARIES | Touched.GENRES | Touched.RELEASES,
        write_genre_champions,
    ),
    _Summary(
        (models.GenreYear,),
        Touched.LIBRARIES | Touched.GENRES | Touched.RELEASES,
        _of_tables(write_genre_years),
    ),
    _Summary(
        (models.RankedGames,),
        Touched.APPS
        | Touched.TITLES
        | Touched.KINDS
        | Touched.LISTING
        | Touched.RELEASES
        | Touched.GENRES
        | Touched.RATINGS
        | Touched.LIBRARIES
        | Touched.REVIEWS,
        _of_tables(write_rankings),
    ),
)


def summarize(
    connection: Connection, staged: Staged, ownership: Ownership, loaded: Loaded, known: set[int]
) -> tuple[str, ...]:
    """Bring the summaries up to date with the data in the store and in `staged`, which must agree.

    Args:
        connection: That of a writer.
        staged: What the store says by now.
        ownership: What the libraries of `staged` come to.
        loaded: What was written of it.
        known: The games that anybody knew before, as `known_games` returned them.

    Returns:
        The names of the tables that stayed as they were, since nothing that they are made of was touched.
    """
    touched = loaded.touched
    write_packed_libraries(connection, staged.libraries, loaded.players)
    write_data_dates(connection)
    kept: list[str] = []
    for summary in _SUMMARIES:
        if touched & summary.made_of:
            _rewrite(connection, summary, staged, ownership, loaded.players)
        else:
            kept += [table_of(table).name for table in summary.tables]
    named = write_names(connection, staged, ownership, loaded.players, touched)
    index = partial(index_names, connection, named)
    if touched == EVERYTHING:
        write_aliases(connection, meanwhile=index)
    elif touched & MADE_OF[NameKind.GAME]:
        write_aliases(connection, named.games | (known ^ known_games(connection)), meanwhile=index)
    else:
        index()
        kept.append(table_of(GameAlias).name)
    return tuple(kept)


def _rewrite(
    connection: Connection, summary: _Summary, staged: Staged, ownership: Ownership, players: StoredPlayers
) -> None:
    with indexes_off(connection, summary.tables, when=True):
        for table in summary.tables:
            connection.execute(delete(table_of(table)))
        summary.write(connection, staged, ownership, players)

"""Working out once what questions would otherwise scan the libraries for."""

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from ingest.bulk_insert import table_of
from ingest.stage import Staged
from ingest.stage.staged import Int32
from ingest.summarize.names import write_names
from ingest.summarize.playtime import write_play
from ingest.summarize.rankings import write_rankings
from ingest.summarize.releases import write_developer_years
from ingest.summarize.reviews import write_review_years
from store.models import (
    DeveloperReviewYear,
    DeveloperYear,
    GameReviewYear,
    GameStats,
    GenreChampion,
    GenreChampionYear,
    GenreYear,
    Name,
    PlayerStats,
    RankedGames,
    ReviewYear,
)

_SUMMARIES = (
    DeveloperReviewYear,
    DeveloperYear,
    GameReviewYear,
    GameStats,
    GenreChampion,
    GenreChampionYear,
    GenreYear,
    Name,
    PlayerStats,
    RankedGames,
    ReviewYear,
)


def clear_summaries(connection: Connection) -> None:
    """Empty all summary tables, so that what they point at can be changed."""
    for model in _SUMMARIES:
        connection.execute(delete(table_of(model)))


def write_summaries(connection: Connection, staged: Staged, player_ids: Int32) -> None:
    """Fill the summary tables, which must be empty, from the data in the store and in `staged` alike."""
    write_developer_years(connection)
    write_review_years(connection)
    totals = write_play(connection, staged, player_ids)
    write_rankings(connection)
    write_names(connection, staged, player_ids, totals)

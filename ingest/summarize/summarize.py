"""One pass over all summaries."""

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from ingest.bulk_insert import table_of
from ingest.load import StoredPlayers
from ingest.stage import Staged
from ingest.summarize.aliases import write_aliases
from ingest.summarize.data_dates import write_data_dates
from ingest.summarize.libraries import write_packed_libraries
from ingest.summarize.names import write_names
from ingest.summarize.playtime import write_playtime
from ingest.summarize.rankings import write_rankings
from ingest.summarize.releases import write_developer_years
from ingest.summarize.reviews import write_review_years
from store import models

# The summaries that every run writes anew; packed libraries are the only others.
_WRITTEN_ANEW = (
    models.DeveloperReviewYear,
    models.DeveloperYear,
    models.GameAlias,
    models.GameReviewYear,
    models.GameStats,
    models.GenreChampion,
    models.GenreChampionYear,
    models.GenreYear,
    models.Name,
    models.PlayerStats,
    models.RankedGames,
    models.ReviewYear,
)


def clear_summaries(connection: Connection) -> None:
    """Empty all tables of summaries that are written anew, so that what they point at can be changed."""
    for model in _WRITTEN_ANEW:
        connection.execute(delete(table_of(model)))


def summarize(connection: Connection, staged: Staged, players: StoredPlayers) -> None:
    """Fill the summaries from the data in the store and in `staged` alike, which must agree.

    Args:
        connection: That of a writer; `clear_summaries` has been called.
        staged: What the store says by now.
        players: The rows of the players of `staged`.
    """
    write_packed_libraries(connection, staged.libraries, players)
    write_data_dates(connection)
    write_developer_years(connection)
    write_review_years(connection)
    totals = write_playtime(connection, staged, players.ids)
    write_rankings(connection)
    write_names(connection, staged, players.ids, totals)
    write_aliases(connection)

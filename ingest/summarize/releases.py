"""Releases by developer and year."""

from sqlalchemy import case, func, insert, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import table_of
from store.models import UNKNOWN_YEAR, DeveloperYear, Game, GameDeveloper


def write_developer_years(connection: Connection) -> None:
    """Fill the counts of listed apps, and of free ones, from the games."""
    game, credit = table_of(Game).c, table_of(GameDeveloper)
    year = func.coalesce(game.release_year, UNKNOWN_YEAR)
    free = func.sum(case((game.price_cents == 0, 1), else_=0))
    rows = (
        select(credit.c.developer_id, year, func.count(), free)
        .join(table_of(Game), game.id == credit.c.game_id)
        .where(game.listed)
        .group_by(credit.c.developer_id, year)
    )
    columns = ["developer_id", "year", "items", "free_items"]
    connection.execute(insert(table_of(DeveloperYear)).from_select(columns, rows))

"""Releases by developer and year."""

from sqlalchemy import and_, case, func, insert, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import table_of
from store.models import UNKNOWN_YEAR, DeveloperYear, Game, GameDeveloper


def write_developer_years(connection: Connection) -> None:
    """Fill the counts of listed apps, and of the free, unpriced and undated ones, from the games."""
    game, credit = table_of(Game).c, table_of(GameDeveloper)
    year = func.coalesce(game.release_year, UNKNOWN_YEAR)
    free, unpriced, undated = (
        func.sum(case((condition, 1), else_=0))
        for condition in (
            game.price_cents == 0,
            game.price_cents.is_(None),
            and_(game.release_year.is_not(None), game.release_date.is_(None)),
        )
    )
    rows = (
        select(credit.c.developer_id, year, func.count(), free, unpriced, undated)
        .join(table_of(Game), game.id == credit.c.game_id)
        .where(game.listed)
        .group_by(credit.c.developer_id, year)
    )
    columns = ["developer_id", "year", "items", "free_items", "unpriced_items", "undated_items"]
    connection.execute(insert(table_of(DeveloperYear)).from_select(columns, rows))

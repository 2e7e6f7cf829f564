"""All that a store holds, in a form in which two stores compare."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from store import Database
from store.models import Base

# The record of the runs, and what only training writes.
OF_RUNS = {"refresh_runs", "run_sources", "refusals", "rejects", "neighbours"}

OF_TRAINING = {"neighbours", "scored_games", "precomputed_scores"}


def contents(database: Database) -> dict[str, set[tuple[Any, ...]]]:
    """All rows of all tables, by names in place of keys that depend on the order of arrival.

    Games that nothing mentions any more, and their empty statistics, do not count.
    """
    with database.reader() as session:
        mentioned = {
            app
            for (app,) in session.execute(
                text(
                    "SELECT id FROM games WHERE listed UNION SELECT game_id FROM owned_games"
                    " UNION SELECT game_id FROM reviews"
                )
            )
        }
        names: dict[str, dict[int, str]] = {
            table: dict(session.execute(text(f"SELECT id, {column} FROM {table}")).all())
            for table, column in {
                "players": "user_id",
                "developers": "name",
                "genres": "name",
                "tags": "name",
                "specs": "name",
            }.items()
        }
        names["genres"][0] = "all"  # in the rankings

        def rows_of(table: str) -> Iterator[tuple[Any, ...]]:
            for row in session.execute(text(f"SELECT * FROM {table}")).mappings():
                values = dict(row)
                if table == "games" and values["id"] not in mentioned:
                    continue
                if values.get("game_id", 0) and values["game_id"] not in mentioned:
                    continue
                if table in names or table in {"reviews", "names"}:
                    del values["id"]
                for key in values.keys() & {"player_id", "developer_id", "genre_id", "tag_id", "spec_id"}:
                    values[key] = names[f"{key.removesuffix('_id')}s"][values[key]]
                yield tuple(values.values())

        return {
            table.name: set(rows_of(table.name))
            for table in Base.metadata.sorted_tables
            if table.name not in OF_RUNS
        }

"""Stores of several states, told apart by two facts of one game that come from two tables."""

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store import Database, queries
from store.publication.manifest import MANIFEST, Manifest
from store.publication.publish import publish

GAME = "Portal 2"
_BEGIN = datetime(2026, 4, 20, 4, 30, tzinfo=UTC)


def set_state(file: Path, state: int) -> None:
    """Have the game cost `state`.99 dollars, and `state` thousand players own it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE games SET price_cents = ? WHERE title = ?", (100 * state + 99, GAME))
        connection.execute(
            "UPDATE game_stats SET owners = ? WHERE game_id = (SELECT id FROM games WHERE title = ?)",
            (1000 * state, GAME),
        )
        connection.commit()


def publish_state(template: Path, destination: Path, state: int) -> Manifest:
    """Publish the template's store in a state."""
    work = destination.parent / f"state-{state}"
    work.mkdir(exist_ok=True)
    file = Path(shutil.copy(template / "nextplay.sqlite3", work))
    set_state(file, state)
    database = Database(file)
    try:
        return publish(database, str(destination), now=_BEGIN + timedelta(minutes=state)).manifest
    finally:
        database.close()


def manifest_of(destination: Path) -> Path:
    return destination / MANIFEST


def state_of(database: Database) -> int:
    """Return the state that a store answers from; both facts must be of one."""
    with database.reader() as session:
        card = queries.game(session, GAME)
    assert card.game.price is not None
    states = {int(card.game.price), card.owners // 1000}
    assert len(states) == 1, card
    return states.pop()


def state_shown(reply: str) -> int:
    """Return the state that a reply to `/game` shows; both facts must be of one."""
    price, owners = re.search(r"\$(\d+)\.99", reply), re.search(r"(\d+),000", reply)
    assert price is not None, reply
    assert owners is not None, reply
    assert price[1] == owners[1], reply
    return int(price[1])

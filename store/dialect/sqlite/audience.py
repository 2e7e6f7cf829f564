"""The tables as everybody may see them: views of a connection that hide some rows.

SQLite finds a view of the connection before a table of the file by the same name, so that no statement can
forget that it is not for adults (https://www.sqlite.org/lang_naming.html).
"""

import sqlite3

from sqlalchemy import text
from sqlalchemy.engine import Connection

from store.models import Name, NameKind

_GENERAL_VIEWS = (
    # The sign keeps SQLite from looking games up by their maturity, of which nearly all have the same.
    "CREATE TEMP VIEW games AS SELECT * FROM main.games WHERE +maturity = 'general'",
    "CREATE TEMP VIEW names AS SELECT * FROM main.names AS named WHERE NOT EXISTS ("
    f" SELECT 1 FROM main.games AS adult WHERE adult.id = named.id - {Name.make_id(NameKind.GAME, 0)}"
    " AND adult.maturity <> 'general')",
)
_ADULT_GAMES = text("SELECT id FROM main.games WHERE maturity <> 'general'")


def hide_from_everyone(connection: sqlite3.Connection) -> None:
    """Have a connection see no game that is for adults, and no name of one."""
    for view in _GENERAL_VIEWS:
        connection.execute(view)


def adult_games(connection: Connection) -> frozenset[int]:
    """Return the app ids of all games that are for adults, whether the connection sees them or not."""
    return frozenset(connection.scalars(_ADULT_GAMES))

"""Which games a refresh asks Steam for first: those of the people it is for."""

from collections import Counter

import numpy as np
from sqlalchemy import select

from store import Database
from store.errors import DatabaseUnavailable
from store.models import PackedLibrary, Player
from store.user_data import linked_players

# Each is a call of its own to Steam, and a night has few thousand of these.
_MOST = 2_000


def games_of_linked_people(database: Database) -> tuple[int, ...]:
    """Return the games that linked people own, those that most of them own first.

    Who owns them is not told. Where the data of people or the store cannot be read, there are none.
    """
    try:
        with database.user_data.reader() as session:
            linked = linked_players(session)
        with database.reader() as session:
            libraries = session.scalars(
                select(PackedLibrary.game_ids)
                .join(Player, Player.id == PackedLibrary.player_id)
                .where(Player.user_id.in_(linked))
            ).all()
    except DatabaseUnavailable:
        return ()
    owners = Counter(app for library in libraries for app in np.frombuffer(library, "<i4").tolist())
    return tuple(sorted(owners, key=lambda app: (-owners[app], app))[:_MOST])

"""Which games a refresh asks Steam for first: those that the people it is for ask about, and own."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import select

from store import Database
from store.errors import DatabaseUnavailable, DriverMissing
from store.models import PackedLibrary, Player
from store.user_data import linked_players, most_asked_games, shared_own_games

# Each is a call of its own to Steam, and a night has few thousand of these.
_MOST = 2_000
# Whoever asks much about much leaves room for what others own.
_MOST_ASKED = 500


def wanted_games(database: Database) -> tuple[int, ...]:
    """Return the games asked about most, then those that people own, those that most of them own first.

    Who asks and who owns them is not told. What people own by their own Steam accounts, which nobody else may
    see, counts where two of them own it. Where the data of people or the store cannot be read, there are
    none.
    """
    try:
        with database.user_data.reader() as session:
            asked = most_asked_games(session, datetime.now(UTC).date(), _MOST_ASKED)
            linked, owned = linked_players(session), shared_own_games(session)
        owners = Counter(owned)
        owners.update(_games_of(database, linked))
    except (DatabaseUnavailable, DriverMissing):
        return ()
    by_owners = sorted(owners, key=lambda app: (-owners[app], app))
    return tuple(dict.fromkeys((*asked, *by_owners)))[:_MOST]


def _games_of(database: Database, players: Iterable[str]) -> Iterable[int]:
    """Return the games that players of the data own, each as often as it is owned."""
    with database.reader() as session:
        libraries = session.scalars(
            select(PackedLibrary.game_ids)
            .join(Player, Player.id == PackedLibrary.player_id)
            .where(Player.user_id.in_(players))
        ).all()
    return (app for library in libraries for app in np.frombuffer(library, "<i4").tolist())

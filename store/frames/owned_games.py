"""Owned games as a DataFrame."""

from collections.abc import Iterator

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.frames.players import read_players
from store.frames.table import Column, Table, columns_of, typed
from store.models import OwnedGame

_OWNED_GAMES = select(
    OwnedGame.player_id, OwnedGame.game_id, OwnedGame.minutes, OwnedGame.minutes_2weeks
).order_by(OwnedGame.player_id, OwnedGame.game_id)

_COLUMNS = (
    Column("player", "category", "who owns it: user id"),
    Column("app_id", "int32", "the game: Steam's app id"),
    Column("minutes", "int32", "minutes played in all; 0 is never"),
    Column("minutes_2weeks", "int32", "minutes played in the two weeks before the crawl"),
)


def _read(session: Session) -> Iterator[pandas.DataFrame]:
    players = read_players(session)
    for owners, games, minutes, minutes_2weeks in columns_of(session, _OWNED_GAMES):
        yield typed(
            _COLUMNS,
            {
                "player": players.column(owners),
                "app_id": games,
                "minutes": minutes,
                "minutes_2weeks": minutes_2weeks,
            },
        )


OWNED_GAMES = Table("owned_games", "A game in a player's library, player by player.", _COLUMNS, _read)

"""The store's tables as pandas DataFrames, whose columns and types are the same whatever the store holds.

>>> from store import Database, frames
>>> with Database("data/nextplay.sqlite3").reader(seconds=600) as session:
...     owned = frames.owned_games(session)

`TABLES` says what each column is; docs/schema.md shows it. What is unknown is a missing value, never 0. As
the queries do, tables name every player of the Steam data: who keeps a player private in Discord is known to
the bot alone. This package is not imported by `store`, since a bot that serves does not load pandas.
"""

import pandas
from sqlalchemy.orm import Session

from store.frames.games import GAMES
from store.frames.neighbours import NEIGHBOURS, SIMILAR_GAMES
from store.frames.owned_games import OWNED_GAMES
from store.frames.reviews import REVIEWS
from store.frames.table import Column, Table

TABLES = (GAMES, REVIEWS, OWNED_GAMES, NEIGHBOURS, SIMILAR_GAMES)


def games(session: Session) -> pandas.DataFrame:
    """Return a row for each app, listed in the games file or known from libraries and reviews alone."""
    return GAMES.frame(session)


def reviews(session: Session) -> pandas.DataFrame:
    """Return a row for each review."""
    return REVIEWS.frame(session)


def owned_games(session: Session) -> pandas.DataFrame:
    """Return a row for each game that a player owns; at full size these are millions."""
    return OWNED_GAMES.frame(session)


def neighbours(session: Session) -> pandas.DataFrame:
    """Return a row for each neighbour of a game.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    return NEIGHBOURS.frame(session)


def similar_games(session: Session) -> pandas.DataFrame:
    """Return a row for each game that is similar to another.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    return SIMILAR_GAMES.frame(session)


__all__ = ["TABLES", "Column", "Table", "games", "neighbours", "owned_games", "reviews", "similar_games"]

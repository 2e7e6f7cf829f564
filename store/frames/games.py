"""Games as a DataFrame."""

from collections.abc import Iterator

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.catalogue.descriptions import DESCRIPTIONS, names_by_game
from store.frames.table import Column, Table, columns_of, typed
from store.models import Game, GameKind

_KINDS = pandas.CategoricalDtype([kind.value for kind in GameKind])
_GAMES = select(
    Game.id,
    Game.title,
    Game.kind,
    Game.listed,
    Game.publisher,
    Game.release_date,
    Game.release_year,
    Game.price_cents,
    Game.early_access,
    Game.metascore,
    Game.steam_rating,
).order_by(Game.id)

_COLUMNS = (
    Column("app_id", "int32", "Steam's app id"),
    Column("title", "string", "its name; missing where no file has one", True),
    Column("kind", _KINDS, f"what the app is: {', '.join(kind.value for kind in GameKind)}"),
    Column("listed", "bool", "whether the games file has it; others are known from libraries or reviews"),
    Column("developers", "object", "tuple of names, in the file's order; empty where it names none"),
    Column("publisher", "string", "missing where the file has none", True),
    Column("genres", "object", "tuple of names, in the file's order; empty where it names none"),
    Column("tags", "object", "tuple of names, the most voted first; empty where the file names none"),
    Column("specs", "object", "tuple of features of the store page; empty where the file names none"),
    Column("release_date", "datetime64[s]", "missing where the file has no whole date", True),
    Column("release_year", "Int64", "missing where the file's date has no year", True),
    Column("price_usd", "Float64", "US dollars; 0 is free, missing is unknown", True),
    Column("early_access", "boolean", "whether it is sold unfinished; missing for games not listed", True),
    Column("metascore", "Int64", "Metacritic's score, 0 to 100; missing where the file has none", True),
    Column(
        "steam_rating", "string", "Steam's words, such as 'Very Positive'; missing where it has none", True
    ),
)


def _read(session: Session) -> Iterator[pandas.DataFrame]:
    connection = session.connection()
    labels = {kind: names_by_game(connection, tables.rows) for kind, tables in DESCRIPTIONS.items()}
    for ids, titles, kinds, listed, publishers, dates, years, cents, early, scores, ratings in columns_of(
        session, _GAMES
    ):
        yield typed(
            _COLUMNS,
            {
                "app_id": ids,
                "title": titles,
                "kind": [kind.value for kind in kinds],
                "listed": listed,
                "publisher": publishers,
                "release_date": dates,
                "release_year": years,
                "price_usd": [None if price is None else price / 100 for price in cents],
                # What no file describes is no more known to be finished than not.
                "early_access": [flag if known else None for flag, known in zip(early, listed, strict=True)],
                "metascore": scores,
                "steam_rating": ratings,
            }
            | {name: [known.get(app_id, ()) for app_id in ids] for name, known in labels.items()},
        )


GAMES = Table("games", "An app of the Steam store, in the order of the app ids.", _COLUMNS, _read)

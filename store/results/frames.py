"""Results as pandas DataFrames: stable columns and types, for no rows as for many."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from store.results.game_ref import GameRef

if TYPE_CHECKING:
    import pandas

# Of a game in any table; the price is in US dollars, 0 is free and NaN unknown.
GAME_COLUMNS = {
    "app_id": "int64",
    "title": "str",
    "kind": "str",
    "release_year": "Int64",
    "price_usd": "float64",
}


def frame(columns: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> "pandas.DataFrame":
    """Return a table with `columns`, each of the pandas type named there, and a row for each of `rows`.

    None is NaN, or pd.NA in a column of whole numbers.
    """
    # Imported here: the bot, which asks the same questions, does not carry pandas.
    import pandas  # noqa: PLC0415

    table = list(rows)
    return pandas.DataFrame(
        {
            name: pandas.Series([row[place] for row in table], dtype=kind)
            for place, (name, kind) in enumerate(columns.items())
        }
    )


def game_cells(game: GameRef) -> tuple[Any, ...]:
    """Return what `GAME_COLUMNS` hold of a game."""
    price = None if game.price is None else float(game.price)
    return game.id, game.title, game.kind.value, game.release_year, price

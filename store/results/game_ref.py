"""A game as every result names it."""

from dataclasses import dataclass
from decimal import Decimal

from store.models import GameKind
from store.results.result import Result


@dataclass(frozen=True, slots=True)
class GameRef(Result):
    """What a reply says of a game, from the games file.

    `id` is the Steam app id; a game of which libraries or reviews know no more has that as its `title`.
    `release_year` is None where it is unknown; `year_only` where the file names no day, and the year is read
    from words such as "Q1 2018". `price` is the list price in US dollars: 0 is free, None
    unknown.
    """

    id: int
    title: str
    kind: GameKind
    release_year: int | None
    price: Decimal | None
    year_only: bool = False

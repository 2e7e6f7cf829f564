"""What the queries answer about games: cards, rankings and lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from store.models import NeighbourBasis, TopBy
from store.results.frames import GAME_COLUMNS, frame, game_cells
from store.results.game_ref import GameRef
from store.results.result import Result
from store.results.reviews import ReviewDates, ReviewExcerpt, SentimentCounts
from store.results.store_page import StorePage
from store.results.suggestions import Recommendations

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class RankedGame(Result):
    """A game's place: `rank` from 1, by `recommendations`, the number of reviews that put it there.

    They are of the reviews file; the query says which count: those that praise, or that pan the worst.
    """

    rank: int
    game: GameRef
    recommendations: int


class GameRanking(Result, tuple[RankedGame, ...]):
    """Games in order, best (or worst) first.

    `dates` says how sure the year is that the reviews were posted in; None of a ranking by another year.
    """

    dates: ReviewDates | None

    def __new__(cls, entries: Iterable[RankedGame] = (), dates: ReviewDates | None = None) -> "GameRanking":
        """Return the ranking of these places."""
        ranking = super().__new__(cls, entries)
        ranking.dates = dates
        return ranking

    def as_dict(self) -> list[dict[str, str]]:
        """Return the shape of the specification: a dictionary a place."""
        return [{f"Puesto {entry.rank}": entry.game.title} for entry in self]

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a place: `rank`, the game, `recommendations`."""
        columns = {"rank": "int64", **GAME_COLUMNS, "recommendations": "int64"}
        return frame(
            columns, ((entry.rank, *game_cells(entry.game), entry.recommendations) for entry in self)
        )


@dataclass(frozen=True, slots=True)
class Playtime(Result):
    """Hours of those who played a game at all, from the items file.

    `lower`, `median` and `upper` are the quartiles, in hours, over this many `players`.
    """

    players: int
    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class GameCard(Result):
    """All that the store knows of one game.

    `owners` counts the players of the items file who own it, `recommended` the reviews of the reviews file
    that recommend it, and `undecided` those that do not say whether they do. A game that is not `listed` is
    known from libraries or reviews alone. `release_text` is the release date in the games file's own words,
    where it names no day. `similar_basis` is what the similar games go by, None where there are none.
    `steam_rating` is Steam's rating in its own words, `metascore` that of Metacritic (0 to 100), `page` what
    the store's page says; each is None where no source has it.
    """

    game: GameRef
    listed: bool
    developers: tuple[str, ...]
    publisher: str | None
    genres: tuple[str, ...]
    tags: tuple[str, ...]
    specs: tuple[str, ...]
    release_date: date | None
    early_access: bool
    owners: int
    playtime: Playtime | None
    reviews: SentimentCounts
    recommended: int
    typical_positive: ReviewExcerpt | None
    typical_negative: ReviewExcerpt | None
    similar: Recommendations
    similar_basis: NeighbourBasis | None
    release_text: str | None = None
    undecided: int = 0
    metascore: int | None = None
    steam_rating: str | None = None
    page: StorePage | None = None

    @property
    def decided(self) -> int:
        """How many reviews say whether they recommend it."""
        return self.reviews.total - self.undecided

    def to_frame(self) -> "pandas.DataFrame":
        """Return one row: the game, what it is, `owners`, `players`, hours and reviews.

        `hours_lower`, `hours_median` and `hours_upper` are quartiles over the `players` who played at all;
        `developers`, `genres` and `tags` are tuples.
        """
        return frame(_CARD, [_card(self)])


@dataclass(frozen=True, slots=True)
class TopGame(Result):
    """A game's place in a list: `rank` from 1.

    `hours` are those of all players and `owners` the players who own it, from the items file; where it names
    no owner, nothing is known of the hours, which are None. `reviews` and
    how many of them are `recommended` come from the reviews file. `score` is the lower end (0 to 1) of the
    95% Wilson interval of the share of reviews that recommend it; None without reviews.
    """

    rank: int
    game: GameRef
    owners: int
    hours: float | None
    reviews: int
    recommended: int
    score: float | None


@dataclass(frozen=True, slots=True)
class TopGames(Result):
    """A list of games, best first; `genre` and `year` (of release) are None where the list is of all.

    `most_owners` is how many players of the items file may own a hidden gem; None for the other lists.
    """

    by: TopBy
    genre: str | None
    year: int | None
    games: tuple[TopGame, ...]
    most_owners: int | None = None

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a place: `rank`, the game, `owners`, `hours`, `reviews`, `recommended`, `score`."""
        columns = {
            "rank": "int64",
            **GAME_COLUMNS,
            "owners": "int64",
            "hours": "float64",
            "reviews": "int64",
            "recommended": "int64",
            "score": "float64",
        }
        return frame(
            columns,
            (
                (
                    *(entry.rank, *game_cells(entry.game)),
                    *(entry.owners, entry.hours, entry.reviews, entry.recommended, entry.score),
                )
                for entry in self.games
            ),
        )


@dataclass(frozen=True, slots=True)
class GamePair(Result):
    """Two games side by side."""

    first: GameCard
    second: GameCard

    @property
    def shared_tags(self) -> tuple[str, ...]:
        """The tags of the first that the second has as well, in the order of the first."""
        return tuple(tag for tag in self.first.tags if tag in self.second.tags)

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a game, with the columns of `GameCard.to_frame`."""
        return frame(_CARD, (_card(self.first), _card(self.second)))


_CARD = {
    **GAME_COLUMNS,
    "developers": "object",
    "publisher": "str",
    "genres": "object",
    "tags": "object",
    "early_access": "bool",
    "owners": "int64",
    "players": "int64",
    "hours_lower": "float64",
    "hours_median": "float64",
    "hours_upper": "float64",
    "recommended": "int64",
    "negative": "int64",
    "neutral": "int64",
    "positive": "int64",
}


def _card(card: GameCard) -> tuple[Any, ...]:
    played, tone = card.playtime, card.reviews
    hours = (None, None, None) if played is None else (played.lower, played.median, played.upper)
    return (
        *game_cells(card.game),
        *(card.developers, card.publisher, card.genres, card.tags, card.early_access),
        *(card.owners, 0 if played is None else played.players, *hours),
        *(card.recommended, tone.negative, tone.neutral, tone.positive),
    )

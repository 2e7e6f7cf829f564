"""What the queries answer: frozen, typed, in plain units.

`as_dict()` gives the shape, and the Spanish keys, of the specification that the questions come from.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from store.models import GameKind, NeighbourBasis, RunOutcome, YearBasis


def percent_text(percent: float) -> str:
    """Write 33.333 as '33.33%' and 50.0 as '50%'."""
    return f"{round(percent, 2):g}%"


@dataclass(frozen=True, slots=True)
class DeveloperYear:
    """Releases of one year. `year` is None where the release year is unknown; `free_percent` is 0 to 100."""

    year: int | None
    items: int
    free_items: int

    @property
    def free_percent(self) -> float:
        return 100 * self.free_items / self.items


@dataclass(frozen=True, slots=True)
class DeveloperReport:
    """A developer's releases by year, newest first, unknown last."""

    developer: str
    years: tuple[DeveloperYear, ...]

    def as_dict(self) -> list[dict[str, Any]]:
        return [
            {
                "Año": entry.year,
                "Cantidad de Items": entry.items,
                "Contenido Free": percent_text(entry.free_percent),
            }
            for entry in self.years
        ]


@dataclass(frozen=True, slots=True)
class UserData:
    """A player's spending and reviews.

    `money_spent` is in US dollars, over the owned games whose price is known; `unpriced_items` counts the
    others.
    `recommend_percent` is 0 to 100, None without reviews. `items` is the items file's own count.
    """

    user_id: str
    money_spent: Decimal
    recommend_percent: float | None
    items: int
    reviews: int
    unpriced_items: int

    def as_dict(self) -> dict[str, Any]:
        recommend = None if self.recommend_percent is None else percent_text(self.recommend_percent)
        dollars = f"{self.money_spent:.2f}".removesuffix(".00")
        return {
            "Usuario X": self.user_id,
            "Dinero gastado": f"{dollars} USD",
            "% de recomendación": recommend,
            "cantidad de items": self.items,
        }


@dataclass(frozen=True, slots=True)
class YearHours:
    """Hours played of the games released in a year; `year` is None where it is unknown."""

    year: int | None
    hours: float


@dataclass(frozen=True, slots=True)
class GenreChampion:
    """The player with most hours in a genre, and that player's hours by release year, oldest first."""

    genre: str
    user_id: str
    hours: float
    by_release_year: tuple[YearHours, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            f"Usuario con más horas jugadas para Género {self.genre}": self.user_id,
            "Horas jugadas": [{"Año": e.year, "Horas": round(e.hours)} for e in self.by_release_year],
        }


@dataclass(frozen=True, slots=True)
class GenreTopYear:
    """The release year whose games of the genre were played most, in hours over all players."""

    genre: str
    top: YearHours

    @property
    def year(self) -> int | None:
        return self.top.year

    @property
    def hours(self) -> float:
        return self.top.hours

    def as_dict(self) -> dict[str, Any]:
        return {f"Año de lanzamiento con más horas jugadas para Género {self.genre}": self.year}


@dataclass(frozen=True, slots=True)
class GenreHours:
    """Hours that all players played games of a genre, by release year, oldest first, unknown last."""

    genre: str
    by_release_year: tuple[YearHours, ...]


@dataclass(frozen=True, slots=True)
class GenreShare:
    """A genre's part of a library: how many games carry it, and the hours played in them."""

    genre: str
    games: int
    hours: float


@dataclass(frozen=True, slots=True)
class LibraryByGenre:
    """A player's library by genre, most hours first.

    A game counts in full for each of its genres, so the parts add up to more than `games` and `hours`, which
    are of the whole library, games of no known genre included.
    """

    user_id: str
    games: int
    hours: float
    genres: tuple[GenreShare, ...]


@dataclass(frozen=True, slots=True)
class RankedDeveloper:
    """A developer's place, from 1, and how many reviews put it there."""

    rank: int
    developer: str
    recommendations: int


class DeveloperRanking(tuple[RankedDeveloper, ...]):
    """Developers in order, best (or worst) first."""

    __slots__ = ()

    def as_dict(self) -> list[dict[str, str]]:
        return [{f"Puesto {entry.rank}": entry.developer} for entry in self]


@dataclass(frozen=True, slots=True)
class GameRef:
    """What a reply says of a game. `price` is in US dollars: 0 is free, None unknown."""

    id: int
    title: str
    kind: GameKind
    release_year: int | None
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class RankedGame:
    """A game's place, from 1, and how many reviews put it there."""

    rank: int
    game: GameRef
    recommendations: int


class GameRanking(tuple[RankedGame, ...]):
    """Games in order, best (or worst) first."""

    __slots__ = ()

    def as_dict(self) -> list[dict[str, str]]:
        return [{f"Puesto {entry.rank}": entry.game.title} for entry in self]


@dataclass(frozen=True, slots=True)
class SentimentCounts:
    """Reviews by sentiment. `subject` is the developer's name, the game's title or the year they are of."""

    subject: str | int
    negative: int
    neutral: int
    positive: int

    @property
    def total(self) -> int:
        return self.negative + self.neutral + self.positive

    def as_dict(self) -> dict[str, Any]:
        if isinstance(self.subject, int):
            return {"Negative": self.negative, "Neutral": self.neutral, "Positive": self.positive}
        return {self.subject: [f"Negative = {self.negative}", f"Positive = {self.positive}"]}


@dataclass(frozen=True, slots=True)
class SentimentOverTime:
    """Reviews by sentiment for each year posted, oldest first, without those of unknown year.

    `subject` is the developer's name or the game's title, None for all reviews; that of a year is the year.
    """

    subject: str | None
    years: tuple[SentimentCounts, ...]


@dataclass(frozen=True, slots=True)
class ReviewTexts:
    """What reviews of a developer's games, or of one game, say: the texts found most helpful, of `total`."""

    subject: str
    total: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A game that speaks for a suggestion, and its share (0 to 1) of all that speaks for it."""

    game: GameRef
    share: float


@dataclass(frozen=True, slots=True)
class Because:
    """Why a game is suggested.

    `games` are those of the person that weigh most (empty for similar games), `tags` what both games share,
    `common_owners` how many players own both (None for a person's list).
    """

    games: tuple[Reason, ...] = ()
    tags: tuple[str, ...] = ()
    common_owners: int | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A suggested game. `score` orders one list and means nothing across lists."""

    game: GameRef
    score: float
    because: Because


class Recommendations(tuple[Recommendation, ...]):
    """Suggestions, best first."""

    __slots__ = ()

    def as_dict(self) -> list[str]:
        return [entry.game.title for entry in self]


@dataclass(frozen=True, slots=True)
class GroupSuggestion:
    """A game for several people. `likings` are each one's, 0 to 1, in the order of the players.

    `score` blends them; `modes` are the ways of playing together that the game's store page names.
    """

    game: GameRef
    score: float
    likings: tuple[float, ...]
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupRecommendations:
    """For several players: games that all own, and games that none of them owns yet, best first."""

    players: tuple[str, ...]
    play_now: tuple[GroupSuggestion, ...]
    to_buy: tuple[GroupSuggestion, ...]


@dataclass(frozen=True, slots=True)
class ReviewExcerpt:
    """A review as a reply shows it; `score` is the VADER compound, -1 to 1."""

    user_id: str
    text: str
    score: float
    helpful: int
    posted: date | None


@dataclass(frozen=True, slots=True)
class Playtime:
    """Hours of those who played a game at all: quartiles over `players` people."""

    players: int
    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class GameCard:
    """All that the store knows of one game."""

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


class TopBy(enum.StrEnum):
    """What a list of games is ordered by; `store.queries.top_games` states each."""

    RECOMMENDED = "recommended"
    GEMS = "gems"
    HOURS = "hours"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class TopGame:
    """A game's place, from 1, in a list.

    `hours` are those of all players, `owners` the players who own it. `score` is the lower end (0 to 1) of
    the 95% Wilson interval of the share of `reviews` that recommend it; None without reviews.
    """

    rank: int
    game: GameRef
    owners: int
    hours: float
    reviews: int
    recommended: int
    score: float | None


@dataclass(frozen=True, slots=True)
class TopGames:
    """A list of games, best first; `genre` and `year` (of release) are None where the list is of all.

    `most_owners` is how many players may own a hidden gem; None for the other lists.
    """

    by: TopBy
    genre: str | None
    year: int | None
    games: tuple[TopGame, ...]
    most_owners: int | None = None


@dataclass(frozen=True, slots=True)
class GamePair:
    """Two games side by side."""

    first: GameCard
    second: GameCard

    @property
    def shared_tags(self) -> tuple[str, ...]:
        """The tags of the first that the second has as well, in the order of the first."""
        return tuple(tag for tag in self.first.tags if tag in self.second.tags)


@dataclass(frozen=True, slots=True)
class DeveloperProfile:
    """What a developer released, and how its games are reviewed."""

    releases: DeveloperReport
    reviews: SentimentCounts


@dataclass(frozen=True, slots=True)
class DeveloperPair:
    """Two developers side by side."""

    first: DeveloperProfile
    second: DeveloperProfile


@dataclass(frozen=True, slots=True)
class PlayerProfile:
    """A player's numbers; `hours` are those of the whole library."""

    data: UserData
    hours: float


@dataclass(frozen=True, slots=True)
class PlayerPair:
    """Two players side by side; `shared_games` is how many games both own."""

    first: PlayerProfile
    second: PlayerProfile
    shared_games: int
    most_played: tuple[GameRef, ...]


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run of ingest, training or both. Moments are aware, in UTC; `seconds` is by stage.

    `rejected` counts the lines and records of its sources that could not be used.
    """

    id: int
    action: str
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    outcome: RunOutcome
    error: str | None
    generated: bool
    counts: Mapping[str, Any]
    seconds: Mapping[str, Any]
    rejected: int


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How many of each thing the store holds.

    `games` are those of the games file, `other_games` those that only libraries and reviews mention;
    `owned_games` are pairs of a player and a game; `neighbours` are games with neighbours.
    """

    games: int
    other_games: int
    developers: int
    players: int
    owned_games: int
    reviews: int
    neighbours: int


@dataclass(frozen=True, slots=True)
class DataStatus:
    """What the store holds, since when, and how the last runs went, newest first.

    `applied` is the run that the data come from, and `as_of` (aware) when a run last applied them or found
    the sources unchanged; both are None while there are no data.
    """

    counts: StoreCounts
    applied: RunInfo | None
    as_of: datetime | None
    runs: tuple[RunInfo, ...]

    @property
    def generated(self) -> bool:
        """Whether the data are generated sample data."""
        return self.applied is not None and self.applied.generated

    def age(self, now: datetime) -> timedelta | None:
        """Return how long before `now` (aware) the data were current; None while there are none."""
        return None if self.as_of is None else now - self.as_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that completes what a person typed; `value` finds it again without doubt."""

    label: str
    value: str


__all__ = [
    "Because",
    "Choice",
    "DataStatus",
    "DeveloperPair",
    "DeveloperProfile",
    "DeveloperRanking",
    "DeveloperReport",
    "DeveloperYear",
    "GameCard",
    "GameKind",
    "GamePair",
    "GameRanking",
    "GameRef",
    "GenreChampion",
    "GenreHours",
    "GenreShare",
    "GenreTopYear",
    "GroupRecommendations",
    "GroupSuggestion",
    "LibraryByGenre",
    "NeighbourBasis",
    "PlayerPair",
    "PlayerProfile",
    "Playtime",
    "RankedDeveloper",
    "RankedGame",
    "Reason",
    "Recommendation",
    "Recommendations",
    "ReviewExcerpt",
    "ReviewTexts",
    "RunInfo",
    "RunOutcome",
    "SentimentCounts",
    "SentimentOverTime",
    "StoreCounts",
    "TopBy",
    "TopGame",
    "TopGames",
    "UserData",
    "YearBasis",
    "YearHours",
    "percent_text",
]

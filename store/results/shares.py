"""What the queries answer about whom the reviews of a year praise by share."""

from dataclasses import dataclass

from store.results.game_ref import GameRef
from store.results.result import Result


@dataclass(frozen=True, slots=True)
class ClearReviews(Result):
    """Reviews that leave no doubt, from the reviews file.

    `liked` recommend a game and are not negative, `panned` advise against one and are.
    """

    liked: int
    panned: int

    @property
    def total(self) -> int:
        """The number of them."""
        return self.liked + self.panned

    @property
    def share(self) -> float:
        """The share that likes, 0 to 1. There must be one at least."""
        return self.liked / self.total


@dataclass(frozen=True, slots=True)
class RecommendedShare(Result):
    """How many `reviews` of the reviews file say whether they recommend, and how many `recommended`."""

    reviews: int
    recommended: int


@dataclass(frozen=True, slots=True)
class LovedGame(Result):
    """A game that stands for its developer.

    Of the reviews file, `reviews` say whether they recommend it, and `recommended` of these do.
    """

    game: GameRef
    reviews: int
    recommended: int


@dataclass(frozen=True, slots=True)
class DeveloperShare(Result):
    """The clear reviews of a developer's games."""

    developer: str
    reviews: ClearReviews


@dataclass(frozen=True, slots=True)
class GameShare(Result):
    """The clear reviews of a game."""

    game: GameRef
    reviews: ClearReviews


@dataclass(frozen=True, slots=True)
class DeveloperShares(Result):
    """The developers of a year with the largest shares of reviews that like their games, and the smallest.

    `best` are above the share of the whole year, `worst` below it, so that nobody is both.
    """

    best: tuple[DeveloperShare, ...]
    worst: tuple[DeveloperShare, ...]


@dataclass(frozen=True, slots=True)
class GameShares(Result):
    """The same of the games of a year."""

    best: tuple[GameShare, ...]
    worst: tuple[GameShare, ...]

"""Rankings by year as they are sent: with how sure the year is, which a list alone has no room for."""

from dataclasses import dataclass

from store.results import DeveloperRanking, GameRanking, RankedDeveloper, RankedGame, ReviewDates


@dataclass(frozen=True, slots=True)
class DevelopersOfYear:
    """Developers in order; `dates` is null of a ranking by the year that games were released in."""

    ranking: tuple[RankedDeveloper, ...]
    dates: ReviewDates | None

    @classmethod
    def of(cls, found: DeveloperRanking) -> "DevelopersOfYear":
        """Return a ranking of the store."""
        return cls(tuple(found), found.dates)


@dataclass(frozen=True, slots=True)
class GamesOfYear:
    """Games in order."""

    ranking: tuple[RankedGame, ...]
    dates: ReviewDates | None

    @classmethod
    def of(cls, found: GameRanking) -> "GamesOfYear":
        """Return a ranking of the store."""
        return cls(tuple(found), found.dates)

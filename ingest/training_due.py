"""Whether what changed since the last training is worth another one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ingest.changes import ChangeCounts
from ingest.touched import LEARNT_FROM, Touched

# A little of these changes every night without any change to games: the neighbours stay about the same.
_GRADUAL = Touched.LIBRARIES | Touched.REVIEWS
# Where no game changed that a source describes, these are of games that only libraries mention.
_MENTIONED = Touched.APPS | Touched.TITLES
# The share of the owned games, or of the reviews, whose change is worth training for.
_MUCH = 0.02
# A shorter training is not worth postponing; one that is older is due for any change.
_LONG = timedelta(seconds=10)
_OLD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LastTraining:
    """The newest training whose neighbours are in the store.

    Attributes:
        ended_at: When its run ended.
        took: How long it took.
        owned_games: How many owned games came, changed or went in the runs after it.
        reviews: The same of reviews.
    """

    ended_at: datetime
    took: timedelta
    owned_games: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Postponed:
    """Why training waits: the shares (0 to 1) of rows that changed since, this run's included."""

    owned_games: float
    reviews: float
    took: timedelta

    def __str__(self) -> str:
        took = self.took.total_seconds()
        return (
            f"Training, which took {took:.0f} s, waits: since then {self.owned_games:.1%} "
            f"of the owned games and {self.reviews:.1%} of the reviews have changed, and from {_MUCH:.0%} of "
            f"either, or after {_OLD.days} days, it is done again."
        )


def postponed(
    last: LastTraining, touched: Touched, changes: ChangeCounts, owned_games: int, reviews: int
) -> Postponed | None:
    """Return why training may wait; None where it is due.

    Args:
        last: The newest training.
        touched: What this run touched.
        changes: How much of it.
        owned_games: How many owned games the store has now.
        reviews: How many reviews it has.
    """
    gradual = _GRADUAL if changes.games else _GRADUAL | _MENTIONED
    if touched & LEARNT_FROM & ~gradual or last.took < _LONG or datetime.now(UTC) - last.ended_at > _OLD:
        return None
    found = Postponed(
        (last.owned_games + changes.owned_games.total) / max(owned_games, 1),
        (last.reviews + changes.reviews.total) / max(reviews, 1),
        last.took,
    )
    return found if max(found.owned_games, found.reviews) < _MUCH else None

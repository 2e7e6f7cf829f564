"""What a run changed."""

from dataclasses import asdict, dataclass, field, fields

from store.runs import RowChanges


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """What a run changed. A game that left the source is `gone`, even where it stays, unlisted."""

    games: RowChanges = field(default_factory=RowChanges)
    players: RowChanges = field(default_factory=RowChanges)
    owned_games: RowChanges = field(default_factory=RowChanges)
    reviews: RowChanges = field(default_factory=RowChanges)

    def __bool__(self) -> bool:
        return any(getattr(self, entry.name) for entry in fields(self))

    def as_dict(self) -> dict[str, dict[str, int]]:
        """Return the counts by kind, as `refresh_runs.counts` keeps them."""
        return asdict(self)

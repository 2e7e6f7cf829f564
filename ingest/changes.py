"""What a run changed."""

from dataclasses import asdict, dataclass, field, fields


@dataclass(slots=True)
class Change:
    """How many rows of one kind came, changed and went."""

    added: int = 0
    changed: int = 0
    gone: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)

    def __str__(self) -> str:
        told = ((self.added, "new"), (self.changed, "changed"), (self.gone, "gone"))
        return ", ".join(f"{number:,} {word}" for number, word in told if number) or "unchanged"


@dataclass(slots=True)
class ChangeCounts:
    """What a run changed. A game that left the games file is `gone`, even where it stays, unlisted."""

    games: Change = field(default_factory=Change)
    players: Change = field(default_factory=Change)
    owned_games: Change = field(default_factory=Change)
    reviews: Change = field(default_factory=Change)

    def __bool__(self) -> bool:
        return any(getattr(self, entry.name) for entry in fields(self))

    def as_dict(self) -> dict[str, dict[str, int]]:
        return asdict(self)

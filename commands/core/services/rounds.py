"""The rounds of "What are we playing?" that are under way, only in memory: who joined, and who voted."""

import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from store.people.taste import Taste

# As many as a group has at most.
MOST_SEATS = 8


class Phase(Enum):
    """How far a round is."""

    GATHERING = auto()
    VOTING = auto()
    DECIDED = auto()


class NoSeat(Exception):
    """The round is full."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is counted: a Discord user, or a player of the data whom the asker named.

    Attributes:
        name: What the round's queries call the person.
        discord_id: The Discord user; None for a player of the data.
        picks: The games that the person picked for this question only; they count in place of all else that
            is known of the person.
    """

    name: str
    discord_id: int | None = None
    picks: Taste | None = None


@dataclass(eq=False)
class Round:
    """One question of what to play, from who joins to what is decided.

    Profiles are not in it: they are looked up when the list is made. `invited` are the Discord
    users who were named, whether or not they have joined; `decided` is the app id of the game that is played.
    """

    host: int
    invited: tuple[int, ...] = ()
    phase: Phase = Phase.GATHERING
    seats: dict[str, Seat] = field(default_factory=dict)
    votes: dict[int, int] = field(default_factory=dict)
    decided: int | None = None

    def join(self, seat: Seat) -> None:
        """Count somebody in, in place of an earlier seat of the same person.

        Raises:
            NoSeat: As many have joined as can.
        """
        if seat.name not in self.seats and len(self.seats) >= MOST_SEATS:
            raise NoSeat
        self.seats[seat.name] = seat

    def leave(self, discord_id: int) -> bool:
        """Count somebody no more, nor that person's vote; return whether the person was counted."""
        self.votes.pop(discord_id, None)
        return self.seats.pop(str(discord_id), None) is not None

    def drop_players(self, hidden: Callable[[str], bool]) -> None:
        """Count those players of the data no more who are hidden by now."""
        gone = [name for name, seat in self.seats.items() if seat.discord_id is None and hidden(name)]
        for name in gone:
            del self.seats[name]

    def forget(self, discord_id: int) -> None:
        """Keep nothing of a person, not even that the person was named."""
        self.leave(discord_id)
        self.invited = tuple(invited for invited in self.invited if invited != discord_id)

    def has_joined(self, discord_id: int) -> bool:
        """Return whether a Discord user is counted."""
        return str(discord_id) in self.seats

    @property
    def waiting_for(self) -> tuple[int, ...]:
        """Those who were named and have not joined."""
        return tuple(invited for invited in self.invited if not self.has_joined(invited))

    @property
    def voters(self) -> tuple[int, ...]:
        """The Discord users who may vote."""
        return tuple(seat.discord_id for seat in self.seats.values() if seat.discord_id is not None)

    def vote(self, discord_id: int, app_id: int) -> None:
        """Take somebody's vote, in place of an earlier one."""
        self.votes[discord_id] = app_id

    @property
    def is_complete(self) -> bool:
        """Whether all who may vote have voted."""
        return bool(self.votes) and set(self.voters) <= self.votes.keys()

    def decide(self, app_ids: Sequence[int]) -> None:
        """End the vote: of the games, the one with most votes is played, of equals the first."""
        counts = self.counts()
        self.decided = max(app_ids, key=lambda app_id: counts.get(app_id, 0))
        self.phase = Phase.DECIDED

    def counts(self) -> dict[int, int]:
        """Return how many voted for each game that has a vote, by app id."""
        found: dict[int, int] = {}
        for app_id in self.votes.values():
            found[app_id] = found.get(app_id, 0) + 1
        return found


class Rounds:
    """The rounds that are under way, so that whoever wants to be forgotten is forgotten there too."""

    def __init__(self) -> None:
        self._rounds: weakref.WeakSet[Round] = weakref.WeakSet()

    def add(self, begun: Round) -> None:
        """Take note of a round for as long as it lasts."""
        self._rounds.add(begun)

    def forget(self, discord_id: int) -> None:
        """Forget a person in every round."""
        for begun in tuple(self._rounds):
            begun.forget(discord_id)

    def clear(self) -> None:
        """Forget everybody in every round, as after somebody was forgotten by another process."""
        for begun in tuple(self._rounds):
            for discord_id in {*begun.invited, *begun.voters}:
                begun.forget(discord_id)

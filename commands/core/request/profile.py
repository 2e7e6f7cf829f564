"""What is known of the preferences of a person: the one place that decides what counts."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Self

from commands.core.services.user_data import UserDataRepository
from store.people.person import Person
from store.people.taste import NO_TASTE, Taste
from store.user_data import LinkedPlayer, OwnLibrary, Sharing


class OwnPart(Enum):
    """A part of a profile that is the person's alone, unlike a player of the data."""

    LIBRARY = auto()
    TASTE = auto()


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a Discord user's preferences: an own library, else a linked player, and a taste.

    Attributes:
        library: The games of the person's Steam account.
        player: The player of the data that the person linked; where there is a library, that counts instead.
        sharing: Who else is shown the profile; nobody where it is a player whom another who says to be the
            same keeps private.
        lent: App ids of the games of family members who lend, if Steam lets that game be shared
            (`store.catalogue.store_pages.shareable_games`). They say nothing of what the person likes.
        taste: The games that the person likes, and those not; it counts beside either, and alone.
    """

    library: OwnLibrary | None
    player: LinkedPlayer | None
    sharing: Sharing
    lent: frozenset[int] = frozenset()
    taste: Taste = NO_TASTE

    @classmethod
    async def of(cls, repository: UserDataRepository, discord_id: int) -> "Profile":
        """Return a person's profile. Raises what `UserDatabase.reader` raises."""
        stored = await repository.of_person(discord_id)
        if stored.account is None:
            return cls(None, stored.player, stored.sharing, taste=stored.taste)
        library, lent = await repository.own_games(discord_id)
        return cls(library, stored.player, stored.sharing, lent, stored.taste)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of the person."""
        return self.library is None and self.player is None and not self.taste.liked

    @property
    def user_id(self) -> str | None:
        """The player of the data that counts, None where another part does."""
        return None if self.library is not None or self.player is None else self.player.user_id

    @property
    def own_part(self) -> OwnPart | None:
        """What a question goes by; None where that is a player of the data, or nothing."""
        if self.library is not None:
            return OwnPart.LIBRARY
        return OwnPart.TASTE if self.player is None and self.taste.liked else None

    def has(self, part: OwnPart) -> bool:
        """Return whether a part is there."""
        return bool(self.taste.liked) if part is OwnPart.TASTE else self.library is not None

    def person(self, name: str, borrows: frozenset[int] = frozenset()) -> Person:
        """Return the person as the queries know one, under some name."""
        library = None if self.library is None else self.library.games
        return Person(name, self.user_id, library, self.taste, borrows)

    def without_player(self) -> Self:
        """Return the same without the linked player."""
        return replace(self, player=None)

    def kept_private(self) -> Self:
        """Return the same, shown to nobody else."""
        return replace(self, sharing=Sharing.PRIVATE)

    @property
    def to_owner_only(self) -> bool:
        """Whether a reply that shows the person's profile is only for the person."""
        return self.sharing is not Sharing.PUBLIC and not self.is_empty

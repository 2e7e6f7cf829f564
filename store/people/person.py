"""Somebody for whom games are sought, by what is known of that person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.people.taste import NO_TASTE, Taste


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a group, in the data or not.

    Attributes:
        name: What answers and errors call the person.
        user_id: The player of the data that the person is; None for none.
        library: App ids of what the person owns to minutes played, None where unknown; None where no library
            is known. It counts in place of the player's.
        taste: The games that the person likes, and those not.
        borrows: The app ids of games that the person may play though others own them.
    """

    name: str
    user_id: str | None = None
    library: Mapping[int, float | None] | None = None
    taste: Taste = NO_TASTE
    borrows: frozenset[int] = field(default_factory=frozenset)

"""What a group's question found, with what its games cost now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from store.catalogue.store_pages import shareable_games, store_pages
from store.people.person import Person
from store.queries import Discovery, Filters
from store.queries.groups import recommend_people
from store.results import GameRef, GroupRecommendations, StorePage


@dataclass(frozen=True, slots=True)
class GroupFound:
    """Games for a group, and their store pages by app id, where they are known."""

    lists: GroupRecommendations
    pages: Mapping[int, StorePage]

    @property
    def games(self) -> tuple[GameRef, ...]:
        """The games of both lists, in the order in which they are shown."""
        return tuple(entry.game for entry in (*self.lists.play_now, *self.lists.to_buy))


def find_for_group(
    session: Session,
    people: Sequence[Person],
    limit: int,
    *,
    filters: Filters,
    discovery: Discovery,
    exclude: Collection[int],
) -> GroupFound:
    """Find up to `limit` games of each kind. Raises as `recommend_people` does."""
    people = [
        replace(person, borrows=shareable_games(session, person.borrows)) if person.borrows else person
        for person in people
    ]
    lists = recommend_people(session, people, limit, filters=filters, discovery=discovery, exclude=exclude)
    games = [entry.game.id for entry in (*lists.play_now, *lists.to_buy)]
    return GroupFound(lists, store_pages(session, games))

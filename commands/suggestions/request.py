"""What a request for suggestions is: its limits, how it is answered, shown and renewed."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from commands.core.replies.card import Card
from commands.core.replies.explanations import Topic
from commands.core.request.profile import OwnPart
from localization.translations import Translations
from store.names.search_key import search_key
from store.queries import Discovery, Filters
from store.results import GameRef, Recommendations

Found = TypeVar("Found")


class _HasGame(Protocol):
    @property
    def game(self) -> GameRef: ...


Entry = TypeVar("Entry", bound=_HasGame)


@dataclass(frozen=True, slots=True)
class Constraints:
    """Which games may be suggested, whatever they should be like."""

    filters: Filters
    discovery: Discovery

    @property
    def key(self) -> Hashable:
        """What identifies the constraints, in whichever order genres and tags were given."""
        filters = replace(
            self.filters,
            described=tuple(sorted(map(search_key, self.filters.described))),
            without=tuple(sorted(map(search_key, self.filters.without))),
        )
        return (filters, self.discovery)


@dataclass(frozen=True)
class SuggestionRequest(ABC, Generic[Found]):
    """What suggestions are asked for. `limit` is how many each of its lists has at most."""

    constraints: Constraints
    limit: int

    @property
    @abstractmethod
    def about(self) -> Hashable:
        """What it is about, apart from its constraints and limit."""

    @property
    def key(self) -> Hashable:
        """What identifies the request."""
        return (type(self).__name__, self.about, self.constraints.key)

    @property
    def players(self) -> tuple[str, ...]:
        """The players whose data its answer shows."""
        return ()

    @property
    def own_part(self) -> OwnPart | None:
        """What of the asker's own the answer goes by, if it does."""
        return None

    @property
    def subject(self) -> GameRef | None:
        """The one game that it is about, if there is one."""
        return None

    @property
    def named_games(self) -> tuple[int, ...]:
        """The app ids of the games that were named to ask it."""
        return ()

    @property
    def explained(self) -> Topic | None:
        """What the button "How?" explains of its answer, if there is one."""
        return None

    @abstractmethod
    def find(self, session: Session, limit: int, exclude: Collection[int]) -> Found:
        """Answer it with up to `limit` games a list, without those of `exclude`. Raises as its query does."""

    @abstractmethod
    def card(self, found: Found, translations: Translations, first: int) -> Card:
        """Show an answer, whose first game has the place `first`."""

    @abstractmethod
    def games(self, found: Found) -> tuple[GameRef, ...]:
        """Return all games of an answer, in the order in which they are shown."""

    @abstractmethod
    def replaced(self, found: Found, gone: Collection[int], fresh: Found | None) -> Found:
        """Return an answer with those of `fresh` in the places of the games that are `gone`."""


@dataclass(frozen=True)
class ListRequest(SuggestionRequest[Recommendations]):
    """A request with one list for an answer."""

    def games(self, found: Recommendations) -> tuple[GameRef, ...]:
        """Return the games of the list."""
        return tuple(entry.game for entry in found)

    def replaced(
        self, found: Recommendations, gone: Collection[int], fresh: Recommendations | None
    ) -> Recommendations:
        """Return the list with other games in the places of those that are `gone`."""
        return Recommendations(with_replaced(found, gone, fresh or ()))


def with_replaced(
    entries: tuple[Entry, ...], gone: Collection[int], fresh: tuple[Entry, ...]
) -> Iterator[Entry]:
    """Yield the entries, each that is gone replaced by the next fresh one for as long as there is one."""
    instead = iter(fresh)
    for entry in entries:
        if entry.game.id not in gone:
            yield entry
        elif (new := next(instead, None)) is not None:
            yield new

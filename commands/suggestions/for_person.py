"""What suggestions are asked for by a person who names nothing: those that go by the person's profile."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from commands.core.replies.card import Card
from commands.core.request.profile import OwnPart, Profile
from commands.suggestions import list_card
from commands.suggestions.by_name import ForPlayer
from commands.suggestions.request import Constraints, ListRequest, SuggestionRequest
from localization.markdown import Markdown, clean
from localization.translations import Translations
from store import queries
from store.errors import NothingToGoOn, Unknown
from store.people.taste import NO_TASTE, Taste
from store.results import Recommendations
from store.user_data import OwnLibrary


def request_for(profile: Profile, constraints: Constraints, limit: int) -> SuggestionRequest[Any] | None:
    """Return the request for a profile, None for one that is empty."""
    if profile.library is not None:
        return ForOwnLibrary(constraints, limit, profile.library, profile.lent, profile.taste)
    if profile.player is not None:
        return ForPlayer(constraints, limit, profile.player.user_id, profile.taste)
    if not profile.is_empty:
        return ForTaste(constraints, limit, profile.taste)
    return None


@dataclass(frozen=True)
class ForOwnLibrary(ListRequest):
    """Which games are for the owner of a Steam account that is not in the data?"""

    library: OwnLibrary
    lent: frozenset[int]
    taste: Taste = NO_TASTE

    @property
    def about(self) -> str:
        """The account's name: lists of what was shown are kept by person."""
        return self.library.name

    @property
    def own_part(self) -> OwnPart:
        """The library."""
        return OwnPart.LIBRARY

    def find(self, session: Session, limit: int, exclude: Collection[int]) -> Recommendations:
        """Find games for the library."""
        try:
            return queries.recommend_library(
                session,
                self.library.games,
                limit,
                filters=self.constraints.filters,
                discovery=self.constraints.discovery,
                exclude=exclude,
                taste=self.taste,
            )
        except NothingToGoOn as error:
            unknown = Unknown.LIBRARY if error.unknown is Unknown.GAMES else error.unknown
            raise NothingToGoOn(self.library.name, unknown) from None

    def card(self, found: Recommendations, translations: Translations, first: int) -> Card:
        """Show the games, with the games of the library that explain each, and which can be borrowed."""
        card = list_card.games_for_player(self.library.name, found, translations, first, is_own=True)
        borrowed = [Markdown(clean(entry.game.title)) for entry in found if entry.game.id in self.lent]
        if not borrowed:
            return card
        note = translations.gettext(
            "Somebody of your family has {games}, which Steam lets you borrow",
            games=translations.listing(borrowed),
        )
        return replace(card, notes=(*card.notes, note))


@dataclass(frozen=True)
class ForTaste(ListRequest):
    """Which games are for somebody of whom nothing is known but a taste?"""

    taste: Taste

    @property
    def about(self) -> None:
        """Nothing else: lists of what was shown are kept by person."""

    @property
    def own_part(self) -> OwnPart:
        """The taste, and nothing else."""
        return OwnPart.TASTE

    def find(self, session: Session, limit: int, exclude: Collection[int]) -> Recommendations:
        """Find games that go with those that are liked."""
        return queries.recommend_library(
            session,
            {},
            limit,
            filters=self.constraints.filters,
            discovery=self.constraints.discovery,
            exclude=exclude,
            taste=self.taste,
        )

    def card(self, found: Recommendations, translations: Translations, first: int) -> Card:
        """Show the games, with the liked ones that explain each."""
        return list_card.games_for_taste(found, translations, first)

"""What suggestions can be asked for by naming it: games like one or several, for a player, for a group."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands.core.replies.card import Card
from commands.core.replies.explanations import Topic
from commands.suggestions import list_card
from commands.suggestions.request import ListRequest, SuggestionRequest, with_replaced
from commands.suggestions.together.card import players_card
from commands.suggestions.together.found import GroupFound, find_for_group
from localization.translations import Translations
from store import queries
from store.errors import NothingToGoOn
from store.people.person import Person
from store.people.taste import NO_TASTE, Taste
from store.results import GameRef, GroupRecommendations, Recommendations


@dataclass(frozen=True)
class LikeGame(ListRequest):
    """Which games are like one?"""

    game: GameRef

    @property
    def subject(self) -> GameRef:
        """The game."""
        return self.game

    @property
    def about(self) -> int:
        """The game's app id."""
        return self.game.id

    @property
    def named_games(self) -> tuple[int, ...]:
        """The game alone."""
        return (self.game.id,)

    def find(self, session: Session, limit: int, exclude: Collection[int]) -> Recommendations:
        """Find games like the game."""
        return queries.recommend_game(
            session,
            self.game.id,
            limit,
            filters=self.constraints.filters,
            discovery=self.constraints.discovery,
            exclude=exclude,
        )

    def card(self, found: Recommendations, translations: Translations, first: int) -> Card:
        """Show the games, with what each has in common with the game."""
        return list_card.similar_games(self.game, found, translations, first)


@dataclass(frozen=True)
class LikeGames(ListRequest):
    """Which games are for somebody who likes these? `lacking` was named too and is not in the data."""

    liked: tuple[GameRef, ...]
    lacking: tuple[str, ...] = ()

    @property
    def about(self) -> frozenset[int]:
        """The app ids of the games."""
        return frozenset(game.id for game in self.liked)

    @property
    def named_games(self) -> tuple[int, ...]:
        """The games, in the order in which they were named."""
        return tuple(game.id for game in self.liked)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the liked games."""
        return tuple(game.title for game in self.liked)

    def find(self, session: Session, limit: int, exclude: Collection[int]) -> Recommendations:
        """Find games for somebody of whom nothing is known but that these are liked."""
        try:
            return queries.recommend_library(
                session,
                {},
                limit,
                filters=self.constraints.filters,
                discovery=self.constraints.discovery,
                exclude=exclude,
                taste=Taste(liked=self.named_games),
            )
        except NothingToGoOn as error:
            raise NothingToGoOn(", ".join(self.titles), error.unknown) from None

    def card(self, found: Recommendations, translations: Translations, first: int) -> Card:
        """Show the games, with the liked games that explain each."""
        card = list_card.games_for_those_who_like(self.titles, found, translations, first)
        return list_card.with_lacking(card, self.lacking, translations)


@dataclass(frozen=True)
class Best(ListRequest):
    """Which games within the constraints are best?"""

    @property
    def about(self) -> None:
        """Nothing else."""

    def find(self, session: Session, limit: int, exclude: Collection[int]) -> Recommendations:
        """Find the best games."""
        return queries.recommend_best(
            session,
            limit,
            filters=self.constraints.filters,
            discovery=self.constraints.discovery,
            exclude=exclude,
        )

    def card(self, found: Recommendations, translations: Translations, first: int) -> Card:
        """Show the games, and how to be shown others."""
        return list_card.best_games(found, translations, first)


@dataclass(frozen=True)
class ForPlayer(ListRequest):
    """Which games are for a player of the data? `taste` is the asker's, whose player it is."""

    user_id: str
    taste: Taste = NO_TASTE

    @property
    def about(self) -> str:
        """The player's user id."""
        return self.user_id

    @property
    def players(self) -> tuple[str, ...]:
        """The player alone."""
        return (self.user_id,)

    def find(self, session: Session, limit: int, exclude: Collection[int]) -> Recommendations:
        """Find games for the player's library."""
        return queries.recommend_user(
            session,
            self.user_id,
            limit,
            filters=self.constraints.filters,
            discovery=self.constraints.discovery,
            exclude=exclude,
            taste=self.taste,
        )

    def card(self, found: Recommendations, translations: Translations, first: int) -> Card:
        """Show the games, with the games of the library that explain each."""
        return list_card.games_for_player(self.user_id, found, translations, first)


@dataclass(frozen=True)
class ForGroup(SuggestionRequest[GroupFound]):
    """Which games are for several players together?"""

    user_ids: tuple[str, ...]

    @property
    def about(self) -> frozenset[str]:
        """The players' user ids, in no order."""
        return frozenset(self.user_ids)

    @property
    def players(self) -> tuple[str, ...]:
        """All players of the group."""
        return self.user_ids

    @property
    def explained(self) -> Topic:
        """What the hearts mean."""
        return Topic.GROUP

    def find(self, session: Session, limit: int, exclude: Collection[int]) -> GroupFound:
        """Find games that all can play now, and games that none owns."""
        return find_for_group(
            session,
            [Person(user_id, user_id) for user_id in self.user_ids],
            limit,
            filters=self.constraints.filters,
            discovery=self.constraints.discovery,
            exclude=exclude,
        )

    def card(self, found: GroupFound, translations: Translations, first: int) -> Card:
        """Show both lists."""
        return players_card(found, translations)

    def games(self, found: GroupFound) -> tuple[GameRef, ...]:
        """Return the games of both lists."""
        return found.games

    def replaced(self, found: GroupFound, gone: Collection[int], fresh: GroupFound | None) -> GroupFound:
        """Return both lists with other games in the places of those that are `gone`."""
        lists = GroupRecommendations(
            found.lists.players,
            tuple(with_replaced(found.lists.play_now, gone, () if fresh is None else fresh.lists.play_now)),
            tuple(with_replaced(found.lists.to_buy, gone, () if fresh is None else fresh.lists.to_buy)),
        )
        return GroupFound(lists, {**found.pages, **({} if fresh is None else fresh.pages)})

"""Which players of the data may be shown to whoever asks.

Players are public until somebody links one to themselves and keeps that private (`store.user_data`).
"""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from store.errors import ChampionIsPrivate, NotFound, PlayerIsPrivate
from store.models import NameKind
from store.names import complete, unknown
from store.names.steam_ids import account_names
from store.queries import compare_games, find_player, game, user_for_genre
from store.results import Choice, GameCard, GamePair, GenreChampion, ReviewExcerpt


@dataclass(frozen=True, slots=True)
class Visibility:
    """What may be shown: all players but the `private` ones, by their user ids."""

    private: frozenset[str] = frozenset()

    def find_player(self, session: Session, text: str) -> str:
        """Return the user id of the player whom `text` names, as `store.queries.find_player` does.

        Raises:
            PlayerIsPrivate: Somebody keeps that player private.
            NotFound: There is none. No private player is among its suggestions.
        """
        try:
            user_id = find_player(session, text)
        except NotFound as error:
            if self.private.isdisjoint(error.suggestions):
                raise
            raise self._unknown_player(session, text) from None
        if user_id in self.private:
            raise PlayerIsPrivate(user_id)
        return user_id

    def find_public_player(self, session: Session, text: str) -> str:
        """Return the user id of the player whom `text` names, as if the private ones were not in the data.

        Raises:
            NotFound: There is none, or it is private, which nobody can tell from the error.
        """
        try:
            return self.find_player(session, text)
        except PlayerIsPrivate:
            raise self._unknown_player(session, text) from None

    def complete_players(self, session: Session, text: str, limit: int) -> tuple[Choice, ...]:
        """Return up to `limit` players' names for what was typed so far, none of a private one."""
        found = complete(session, NameKind.PLAYER, text, limit + min(len(self.private), limit))
        if self.private:
            found = tuple(
                choice for choice in found if find_player(session, choice.value) not in self.private
            )
        return found[:limit]

    def user_for_genre(self, session: Session, genre: str) -> GenreChampion:
        """Return the player with most hours in a genre, as `store.queries.user_for_genre` does.

        Raises:
            ChampionIsPrivate: Somebody keeps that player private.
            NotFound: No genre is called `genre`.
            NothingPlayed: Nobody has played a game of it.
        """
        champion = user_for_genre(session, genre)
        if champion.user_id in self.private:
            raise ChampionIsPrivate(champion.genre)
        return champion

    def game(self, session: Session, name: str, *, similar: int) -> GameCard:
        """Return all that is known of a game, as `store.queries.game` does.

        No review by a private player is in it.

        Raises:
            NotFound: No game goes by `name`.
        """
        return self._card(game(session, name, similar=similar))

    def compare_games(self, session: Session, first: str, second: str) -> GamePair:
        """Return all that is known of two games, as `store.queries.compare_games` does.

        No review by a private player is in it.

        Raises:
            NotFound: There is none by one of the names.
        """
        pair = compare_games(session, first, second)
        return GamePair(self._card(pair.first), self._card(pair.second))

    def _card(self, card: GameCard) -> GameCard:
        return replace(
            card,
            typical_positive=self._public(card.typical_positive),
            typical_negative=self._public(card.typical_negative),
        )

    def _public(self, review: ReviewExcerpt | None) -> ReviewExcerpt | None:
        return None if review is None or review.user_id in self.private else review

    def _unknown_player(self, session: Session, text: str) -> NotFound:
        return unknown(session, NameKind.PLAYER, account_names(text)[0], without=self.private)

"""Which players of the data may be shown to whom; whoever shows players asks here.

Players are public until somebody links one without making that public; from then on only those who are linked
to the player are shown it, and that is whoever says so until somebody proves it. The bot and the HTTP API
look players up through here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from sqlalchemy.orm import Session

from store import queries
from store.errors import ChampionIsPrivate, NotFound, PlayerIsPrivate, PrivacyUnknown, StoreError
from store.models import NameKind
from store.names import unknown
from store.names.steam_ids import account_names
from store.results import Choice, GameCard, GamePair, GenreChampion, ReviewExcerpt
from store.user_data.database import UserDatabase
from store.user_data.links import PlayerLinks, player_links


@dataclass(frozen=True, slots=True)
class Visibility:
    """Which players may be shown to somebody.

    `private` are those who are kept private and not the person's own; None where that is not known, and then
    no player is shown. `own_private` are those who are kept private and the person's own: nobody else may see
    them, even where it is another who says to be the same player that wants it so.
    """

    private: frozenset[str] | None
    own_private: frozenset[str] = frozenset()

    @classmethod
    def of(cls, links: PlayerLinks, viewer: int | None = None) -> Self:
        """Return what a Discord user may see; with None, what everybody may see at once."""
        return cls(links.hidden_from(viewer), links.for_eyes_of(viewer))

    @classmethod
    def load(cls, stored: UserDatabase, viewer: int | None = None) -> Self:
        """Return the same, read again; nobody is shown where that cannot be read. Never raises."""
        try:
            with stored.reader() as session:
                return cls.of(player_links(session), viewer)
        except StoreError:
            return cls.unknown()

    @classmethod
    def unknown(cls) -> Self:
        """Return what may be shown while nobody can tell who is private: no player."""
        return cls(None)

    @property
    def is_known(self) -> bool:
        """Whether it is known who is private."""
        return self.private is not None

    def hides(self, user_id: str) -> bool:
        """Return whether a player may not be shown."""
        return self.private is None or user_id in self.private

    def require_known(self) -> frozenset[str]:
        """Return the private players. Raises PrivacyUnknown where nobody can tell who they are."""
        if self.private is None:
            raise PrivacyUnknown
        return self.private

    def require(self, user_ids: Iterable[str]) -> None:
        """Make sure that players may be shown.

        Raises:
            PrivacyUnknown: Nobody can tell who is private.
            PlayerIsPrivate: Somebody else keeps one of them private.
        """
        self.require_known()
        for user_id in user_ids:
            if self.hides(user_id):
                raise PlayerIsPrivate(user_id)

    def find(self, session: Session, text: str) -> str:
        """Return the user id of the player whom `text` names, as `queries.find_player` does.

        Raises:
            PrivacyUnknown: Nobody can tell who is private.
            PlayerIsPrivate: Somebody else keeps that player private.
            NotFound: There is none. No private player is among its suggestions.
        """
        user_id = self.find_to_link(session, text)
        self.require([user_id])
        return user_id

    def find_to_link(self, session: Session, text: str) -> str:
        """Return the user id of the player whom `text` names, private or not, for who says to be that player.

        Raises:
            PrivacyUnknown: Nobody can tell who is private.
            NotFound: There is none. No private player is among its suggestions.
        """
        private = self.require_known()
        try:
            return queries.find_player(session, text)
        except NotFound as error:
            if private.isdisjoint(error.suggestions):
                raise
            raise self._unknown_player(session, text) from None

    def find_public(self, session: Session, text: str) -> str:
        """Return the user id of the player whom `text` names, as if the private ones were not in the data.

        Raises:
            PrivacyUnknown: Nobody can tell who is private.
            NotFound: There is none, or it is private, which nobody can tell from the error.
        """
        try:
            return self.find(session, text)
        except PlayerIsPrivate:
            raise self._unknown_player(session, text) from None

    def complete(self, session: Session, text: str, limit: int) -> tuple[Choice, ...]:
        """Complete a player's name, without those who may not be shown; at most `limit`."""
        if self.private is None:
            return ()
        found = queries.complete(session, NameKind.PLAYER, text, limit + min(len(self.private), limit))
        if self.private:
            found = tuple(
                choice for choice in found if not self.hides(queries.find_player(session, choice.value))
            )
        return found[:limit]

    def user_for_genre(self, session: Session, genre: str) -> GenreChampion:
        """Return the player with most hours in a genre, as `queries.user_for_genre` does.

        Raises:
            PrivacyUnknown: Nobody can tell who is private.
            ChampionIsPrivate: Somebody keeps that player private.
            NotFound: No genre is called `genre`.
            NothingPlayed: Nobody has played a game of it.
        """
        self.require_known()
        champion = queries.user_for_genre(session, genre)
        if self.hides(champion.user_id):
            raise ChampionIsPrivate(champion.genre)
        return champion

    def game(self, session: Session, name: str, *, similar: int) -> GameCard:
        """Return all that is known of a game, as `queries.game` does.

        No review by a player who may not be shown is in it.

        Raises:
            NotFound: No game goes by `name`.
        """
        return self._card(queries.game(session, name, similar=similar))

    def compare_games(self, session: Session, first: str, second: str) -> GamePair:
        """Return all that is known of two games, as `queries.compare_games` does.

        No review by a player who may not be shown is in it.

        Raises:
            NotFound: There is none by one of the names.
        """
        pair = queries.compare_games(session, first, second)
        return GamePair(self._card(pair.first), self._card(pair.second))

    def _card(self, card: GameCard) -> GameCard:
        return replace(
            card,
            typical_positive=self._public(card.typical_positive),
            typical_negative=self._public(card.typical_negative),
        )

    def _public(self, review: ReviewExcerpt | None) -> ReviewExcerpt | None:
        return None if review is None or self.hides(review.user_id) else review

    def _unknown_player(self, session: Session, text: str) -> NotFound:
        return unknown(session, NameKind.PLAYER, account_names(text)[0], without=self.require_known())

"""The one door between the players of the data and whoever asks for them.

Players are public until somebody links one without making that public; from then on only that person is shown
the player. Whatever shows players (the bot, the HTTP interface, a report) looks them up through here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from sqlalchemy.orm import Session

from store import queries
from store.errors import NotFound, PlayerIsPrivate, PrivacyUnknown, StoreError
from store.models import NameKind
from store.results import Choice
from store.user_data.file import UserDataFile
from store.user_data.repository import PrivateLinks, private_links


@dataclass(frozen=True, slots=True)
class Visibility:
    """Which players may be shown to somebody.

    `private` are those whom others keep private; None where that is not known, and then no player is shown.
    """

    private: frozenset[str] | None

    @classmethod
    def of(cls, links: PrivateLinks, viewer: int | None = None) -> Self:
        """Return what a Discord user may see; with None, what everybody may see at once."""
        return cls(links.players(except_for=viewer))

    @classmethod
    def load(cls, file: UserDataFile, viewer: int | None = None) -> Self:
        """Return the same, read from the file; nobody is shown where that cannot be read. Never raises."""
        try:
            with file.reader() as session:
                return cls.of(private_links(session), viewer)
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
        """Tell whether a player may not be shown."""
        return self.private is None or user_id in self.private

    def require_known(self) -> None:
        """Make sure that any player may be shown at all. Raises PrivacyUnknown."""
        if not self.is_known:
            raise PrivacyUnknown

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
        self.require_known()
        try:
            user_id = queries.find_player(session, text)
        except NotFound as error:
            public = tuple(name for name in error.suggestions if not self.hides(name))
            raise NotFound(error.kind, error.asked, public) from None
        self.require([user_id])
        return user_id

    def complete(self, session: Session, text: str, limit: int) -> tuple[Choice, ...]:
        """Complete a player's name, without those who may not be shown; at most `limit`."""
        if self.private is None:
            return ()
        found = queries.complete(session, NameKind.PLAYER, text, limit + min(len(self.private), limit))
        if not self.private:
            return found
        return tuple(
            choice for choice in found if not self.hides(queries.find_player(session, choice.value))
        )[:limit]

"""The players of the data whom people say, or have proven, to be, and who of them is kept private.

Every function takes a session of `Database.user_data`, a writer's where it changes something.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import BigInteger, bindparam, delete, exists, select
from sqlalchemy.orm import Session

from store.errors import PlayerIsTaken
from store.user_data.erasure import erase, mark_erasure
from store.user_data.models import Link
from store.user_data.seal import SealedLink, sealed_links

# Every command reads it.
_LINK = select(Link.user_id, Link.public, Link.proven, Link.linked_at).where(
    Link.discord_id == bindparam("discord_id", type_=BigInteger)
)


@dataclass(frozen=True, slots=True)
class LinkedPlayer:
    """The player that a Discord user is linked to.

    Attributes:
        user_id: The player's user id.
        public: Whether the person lets others see the player.
        proven: Whether the person signed in through Steam as the player.
        linked_at: When it was linked.
    """

    user_id: str
    public: bool
    proven: bool
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class PlayerLinks:
    """All links that count: where somebody has proven to be a player, nobody else's to that player does.

    Attributes:
        players: The player of each person, by Discord id.
        private: The players whom at least one of those linked to them keeps private.
    """

    players: Mapping[int, str]
    private: frozenset[str]

    def hidden_from(self, viewer: int | None) -> frozenset[str]:
        """Return the private players but for the viewer's own; with None, all of them."""
        return self.private - self._own(viewer)

    def for_eyes_of(self, viewer: int | None) -> frozenset[str]:
        """Return the private players who are the viewer's own: nobody else may see what is shown of them."""
        return self.private & self._own(viewer)

    def _own(self, viewer: int | None) -> frozenset[str]:
        own = None if viewer is None else self.players.get(viewer)
        return frozenset() if own is None else frozenset({own})


def link(
    session: Session, discord_id: int, user_id: str, *, public: bool = False, proven: bool = False
) -> None:
    """Link a Discord user to a player of the data, in place of any earlier link.

    A proven link ends all that others have to the player. One that is not proven keeps nobody else from the
    player: any number of people may say to be the same. A proven link stays proven when it is made again.

    Raises:
        PlayerIsTaken: Somebody else has proven to be the player, and this person has not.
    """
    others = (Link.user_id == user_id, Link.discord_id != discord_id)
    if proven:
        erase(session, delete(Link).where(*others))
    elif session.scalar(select(exists().where(*others, Link.proven))):
        raise PlayerIsTaken(user_id)
    before = session.get(Link, discord_id)
    if before is not None:
        mark_erasure(session)
        proven = proven or (before.proven and before.user_id == user_id)
    now = datetime.now(UTC)
    session.merge(Link(discord_id=discord_id, user_id=user_id, public=public, proven=proven, linked_at=now))


def linked_player(session: Session, discord_id: int) -> LinkedPlayer | None:
    """Return the player that a Discord user is linked to."""
    row = session.execute(_LINK, {"discord_id": discord_id}).one_or_none()
    return None if row is None else LinkedPlayer(*row)


def unlink(session: Session, discord_id: int) -> bool:
    """Remove the link of a Discord user; return whether there was one."""
    return erase(session, delete(Link).where(Link.discord_id == discord_id)) > 0


def unlink_unproven(session: Session, user_id: str) -> int:
    """Remove all links to a player that nobody has proven; return how many there were.

    Raises:
        PlayerIsTaken: Somebody has proven to be the player, so that there are none.
    """
    if session.scalar(select(exists().where(Link.user_id == user_id, Link.proven))):
        raise PlayerIsTaken(user_id)
    return erase(session, delete(Link).where(Link.user_id == user_id))


def player_links(session: Session) -> PlayerLinks:
    """Return all links that count.

    Raises:
        UserDataUnavailable: The links are damaged, so that nobody can tell.
    """
    links = sealed_links(session)
    proven = {one.user_id for one in links if one.proven}
    counting: list[SealedLink] = [one for one in links if one.proven or one.user_id not in proven]
    return PlayerLinks(
        {one.discord_id: one.user_id for one in counting},
        frozenset(one.user_id for one in counting if not one.public),
    )


def linked_players(session: Session) -> tuple[str, ...]:
    """Return the players that anybody is linked to, private or not: to be counted, not to be shown.

    Raises:
        UserDataUnavailable: The links are damaged.
    """
    return tuple(sorted({one.user_id for one in sealed_links(session)}))

"""The seal of user data: a digest of the links by which damage to them is found out.

SQLite has no checksums of its own, and PostgreSQL none by default: a name of which one byte has changed would
be read as another player's, and the player whom somebody keeps private would be shown.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Integer, String, select, type_coerce, update
from sqlalchemy.orm import Session

from store.errors import UserDataUnavailable
from store.user_data.models import Installation, Link

# As they are stored: a value that is damaged need not be one of its type.
_LINKS = select(
    type_coerce(Link.discord_id, Integer),
    type_coerce(Link.user_id, String),
    type_coerce(Link.public, Integer),
    type_coerce(Link.linked_at, String),
    type_coerce(Link.proven, Integer),
).order_by(Link.discord_id)
_SEALS = select(Installation.mark, Installation.links_sha256)
# The key in the `info` of a writing session whose links were looked at before it changed them.
_IS_CHECKED = "nextplay.links_checked"


class SealedLink(NamedTuple):
    """A link as SQLite stores it: a moment as text, 1 for what holds. What is damaged may be anything."""

    discord_id: int
    user_id: str
    public: int
    linked_at: str
    proven: int


def sealed_links(session: Session) -> list[SealedLink]:
    """Return every link as it is stored.

    Raises:
        UserDataUnavailable: They are not those that were written last.
    """
    rows = _rows(session)
    if not session.info.get(_IS_CHECKED):
        seals = session.execute(_SEALS).all()
        if [seal.links_sha256 for seal in seals] != [_digest(rows)]:
            raise UserDataUnavailable("The links of people to players are not as they were written.")
    return [SealedLink(*row) for row in rows]


def mark_of(session: Session) -> int:
    """Return the mark of a file whose seal is intact. Raises as `sealed_links` does."""
    sealed_links(session)
    mark: int = session.execute(_SEALS).one().mark
    return mark


def begin_changes(session: Session) -> None:
    """Let a session whose seal was found intact change the links, and read them meanwhile."""
    session.info[_IS_CHECKED] = True


def renew(session: Session) -> None:
    """Seal the links as they are now, after `begin_changes`."""
    session.flush()
    session.execute(update(Installation).values(links_sha256=_digest(_rows(session))))


def set_mark(session: Session, mark: int) -> None:
    """Have the file belong to the store that has this mark."""
    session.execute(update(Installation).values(mark=mark))


def has_links(session: Session) -> bool:
    """Return whether anybody is linked to a player."""
    return session.execute(select(1).select_from(Link).limit(1)).first() is not None


def _rows(session: Session) -> list[tuple[Any, ...]]:
    """Return every link as SQLite stores it, in whichever database it is."""
    rows: list[tuple[Any, ...]] = [tuple(row) for row in session.execute(_LINKS)]
    if not session.connection().dialect.supports_native_boolean:
        return rows
    return [
        (discord_id, user_id, int(public), linked_at.isoformat(" ", "microseconds"), int(proven))
        for discord_id, user_id, public, linked_at, proven in rows
    ]


def _digest(rows: Sequence[tuple[Any, ...]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()

"""The Steam accounts of people: whose they are, what Steam answered last, and when to ask it again.

Every function takes a session of `Database.user_data`, a writer's where it changes something.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from store.errors import AccountIsTaken
from store.user_data.enums import LibraryState, Sharing
from store.user_data.erasure import erase
from store.user_data.models import Account, Link, PackedOwnLibrary, Person

# A library that came is not asked for again before this time is over.
REFRESH_AFTER = timedelta(minutes=15)
# By itself, a library is asked for again after this time, for those who asked by it lately.
REFRESH_BY_ITSELF_AFTER = timedelta(days=1)
ACTIVE_FOR = timedelta(days=30)
# A library that its person closed goes after this time.
CLOSED_FOR = timedelta(days=7)
# The clocks of two machines may differ by this much; a moment further ahead is from a wrong clock.
_SKEW = timedelta(hours=1)

_DISCORD_ID = bindparam("discord_id", type_=BigInteger)
_ACCOUNT = select(Account).where(Account.discord_id == _DISCORD_ID)
_SHARING = select(Person.sharing).where(Person.discord_id == _DISCORD_ID)
_IS_PUBLIC = select(Link.public).where(Link.discord_id == _DISCORD_ID)


@dataclass(frozen=True, slots=True)
class SteamAccount:
    """The Steam account of a Discord user.

    Attributes:
        steam_id: SteamID64.
        persona: The account's name, None where Steam never said it.
        proven: Whether the person signed in through Steam.
        linked_at: When it was linked.
        asked_at: When Steam was last asked for the library, None before the first time.
        state: What Steam answered then.
        fetched_at: When the library came that is stored, None where none is.
        closed_since: Since when Steam no longer shows the library, None where it does.
    """

    steam_id: int
    persona: str | None
    proven: bool
    linked_at: datetime
    asked_at: datetime | None
    state: LibraryState | None
    fetched_at: datetime | None
    closed_since: datetime | None

    @property
    def name(self) -> str:
        """What the account is called: its name, else its number."""
        return self.persona or str(self.steam_id)

    def waits_until(self, now: datetime) -> datetime | None:
        """Return the moment before which the library is not asked for again; None where it may be now.

        An answer without a library is asked about again at once: its person may just have opened it.
        """
        came = self.state is not None and (self.state.has_games or self.state is LibraryState.EMPTY)
        if not came or self.asked_at is None:
            return None
        is_over = self.asked_at + REFRESH_AFTER <= now or self.asked_at > now + _SKEW
        return None if is_over else self.asked_at + REFRESH_AFTER


def steam_account(session: Session, discord_id: int) -> SteamAccount | None:
    """Return the Steam account of a Discord user."""
    row = session.scalars(_ACCOUNT, {"discord_id": discord_id}).one_or_none()
    return None if row is None else _account(row)


def link_account(
    session: Session, discord_id: int, steam_id: int, *, persona: str | None, proven: bool = False
) -> tuple[int, ...]:
    """Link a Discord user to a Steam account, in place of any other account.

    A proven link takes the place of all that others have to the account without proof. One that is not proven
    keeps nobody else from linking the account.

    Returns:
        The Discord ids of those whose link to the account is erased for it.

    Raises:
        AccountIsTaken: Somebody else has proven to have the account.
    """
    others = session.scalars(
        select(Account).where(Account.steam_id == steam_id, Account.discord_id != discord_id)
    ).all()
    if any(other.proven for other in others):
        raise AccountIsTaken(steam_id)
    displaced = tuple(other.discord_id for other in others) if proven else ()
    _erase(session, displaced)
    row = session.get(Account, discord_id)
    if row is not None and row.steam_id == steam_id:
        row.persona, row.proven = persona or row.persona, row.proven or proven
        return displaced
    if row is not None:
        _erase(session, (discord_id,))
    session.add(
        Account(
            discord_id=discord_id,
            steam_id=steam_id,
            persona=persona,
            proven=proven,
            linked_at=datetime.now(UTC),
        )
    )
    session.flush()
    return displaced


def unlink_account(session: Session, discord_id: int) -> bool:
    """Erase the Steam account of a Discord user and its library; return whether there was one."""
    return bool(_erase(session, (discord_id,)))


def sharing_of(session: Session, discord_id: int) -> Sharing:
    """Return who else is shown a person's profile.

    Of a person who never said it, the link to a player decides; nobody without one.
    """
    said = session.scalar(_SHARING, {"discord_id": discord_id})
    if said is not None:
        return said
    is_public = session.scalar(_IS_PUBLIC, {"discord_id": discord_id})
    return Sharing.PUBLIC if is_public else Sharing.PRIVATE


def set_sharing(session: Session, discord_id: int, sharing: Sharing) -> None:
    """Let others be shown a person's profile, or no longer; a linked player goes by it too."""
    _person(session, discord_id).sharing = sharing
    link = session.get(Link, discord_id)
    if link is not None:
        link.public = sharing is Sharing.PUBLIC


def note_activity(session: Session, discord_id: int) -> None:
    """Write down that a person asked by the own library today."""
    _person(session, discord_id).active_on = datetime.now(UTC).date()


def _person(session: Session, discord_id: int) -> Person:
    row = session.get(Person, discord_id)
    if row is None:
        row = Person(discord_id=discord_id, sharing=sharing_of(session, discord_id))
        session.add(row)
    return row


def accounts_due(session: Session, now: datetime) -> dict[int, int]:
    """Return the accounts to ask Steam about by itself: SteamID64 by Discord id, longest not asked first.

    They are those of people who asked by their library lately, and that were not asked about for a day.
    """
    active_since = (now - ACTIVE_FOR).date()
    rows = session.execute(
        select(Account.discord_id, Account.steam_id)
        .join(Person, Person.discord_id == Account.discord_id)
        .where(
            Person.active_on >= active_since,
            or_(Account.asked_at <= now - REFRESH_BY_ITSELF_AFTER, Account.asked_at > now + _SKEW),
        )
        .order_by(Account.asked_at)
    )
    return {row.discord_id: row.steam_id for row in rows}


def has_closed_libraries(session: Session, now: datetime) -> bool:
    """Return whether any library has been closed for long."""
    return session.execute(select(1).where(*_is_closed_for_long(now)).limit(1)).first() is not None


def erase_closed_libraries(session: Session, now: datetime) -> int:
    """Erase the libraries that have been closed for long; return of how many people. The accounts stay."""
    due = session.scalars(select(Account).where(*_is_closed_for_long(now))).all()
    for row in due:
        row.fetched_at = None
    if due:
        closed = [row.discord_id for row in due]
        erase(session, delete(PackedOwnLibrary).where(PackedOwnLibrary.discord_id.in_(closed)))
    return len(due)


def _is_closed_for_long(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Account.closed_since <= now - CLOSED_FOR, Account.fetched_at.is_not(None)


def _erase(session: Session, discord_ids: Collection[int]) -> int:
    """Erase accounts and libraries; return how many accounts."""
    if not discord_ids:
        return 0
    erase(session, delete(PackedOwnLibrary).where(PackedOwnLibrary.discord_id.in_(discord_ids)))
    return erase(session, delete(Account).where(Account.discord_id.in_(discord_ids)))


def _account(row: Account) -> SteamAccount:
    return SteamAccount(
        row.steam_id,
        row.persona,
        row.proven,
        row.linked_at,
        row.asked_at,
        row.state,
        row.fetched_at,
        row.closed_since,
    )

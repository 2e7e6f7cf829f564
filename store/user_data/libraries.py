"""The own libraries of people, as Steam gave them, and which games others of the family lend.

Every function takes a session of `Database.user_data`, a writer's where it changes something.
"""

import struct
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, delete, select
from sqlalchemy.orm import Session

from store.errors import UserDataUnavailable
from store.user_data.enums import LibraryState
from store.user_data.erasure import erase
from store.user_data.models import Account, FamilyMember, PackedOwnLibrary

_HIDDEN = -1
_BYTES_EACH = 4
_LARGEST_ID = 2**31 - 1
# As long as a game may have been played: what is more is no play time.
_MOST_MINUTES = 10**9

_OWN = (
    select(
        Account.discord_id,
        Account.persona,
        Account.steam_id,
        Account.fetched_at,
        PackedOwnLibrary.game_ids,
        PackedOwnLibrary.minutes,
    )
    .join(PackedOwnLibrary, PackedOwnLibrary.discord_id == Account.discord_id)
    .where(Account.discord_id.in_(bindparam("discord_ids", type_=BigInteger, expanding=True)))
)


@dataclass(frozen=True, slots=True)
class LibraryAnswer:
    """What Steam said of somebody's library.

    Attributes:
        state: What kind of answer it is.
        games: App ids to minutes played in all, None where they are hidden; empty where none came.
        persona: The account's name, None where Steam did not say it.
    """

    state: LibraryState
    games: Mapping[int, int | None]
    persona: str | None = None


@dataclass(frozen=True, slots=True)
class OwnLibrary:
    """The games of a person's own Steam account.

    Attributes:
        name: What the account is called.
        games: App ids to minutes played in all, None where they are hidden; ascending.
        fetched_at: When Steam gave it.
    """

    name: str
    games: Mapping[int, float | None]
    fetched_at: datetime


def own_library(session: Session, discord_id: int) -> OwnLibrary | None:
    """Return the own library of a Discord user, None where none is stored."""
    return own_libraries(session, (discord_id,)).get(discord_id)


def own_libraries(session: Session, discord_ids: Collection[int]) -> dict[int, OwnLibrary]:
    """Return the own libraries of those Discord users who have one, by their ids.

    Raises:
        UserDataUnavailable: What is stored does not fit together.
    """
    rows = session.execute(_OWN, {"discord_ids": list(discord_ids)})
    return {
        row.discord_id: OwnLibrary(
            row.persona or str(row.steam_id), _unpacked(row.game_ids, row.minutes), row.fetched_at
        )
        for row in rows
    }


def store_answer(
    session: Session, discord_id: int, steam_id: int, answer: LibraryAnswer, at: datetime
) -> bool:
    """Write down what Steam said of somebody's library.

    A library that came takes the place of the stored one; any other answer leaves that as it is, and one that
    says the library is closed lets the time begin after which it goes.

    Returns:
        Whether the person still has this account; otherwise nothing is written.
    """
    account = session.get(Account, discord_id)
    if account is None or account.steam_id != steam_id:
        return False
    account.asked_at, account.state = at, answer.state
    account.persona = answer.persona or account.persona
    if answer.state.is_closed:
        # Not later than now, as a clock that was ahead may have written.
        account.closed_since = min(account.closed_since or at, at)
    elif answer.state is not LibraryState.FAILED:
        account.closed_since = None
    if answer.state.has_games:
        account.fetched_at = at
        game_ids, minutes = _packed(answer.games)
        session.merge(PackedOwnLibrary(discord_id=discord_id, game_ids=game_ids, minutes=minutes))
    return True


def lend(session: Session, lender: int, borrower: int, at: datetime) -> None:
    """Let the library of a person count as borrowable for another of the Steam family, as both want it."""
    session.merge(FamilyMember(discord_id=borrower, member_id=lender, agreed_at=at))


def end_lending(session: Session, one: int, other: int) -> bool:
    """Let neither of two people borrow from the other any more; return whether one of them did."""
    pairs = ((one, other), (other, one))
    ended = [
        erase(
            session,
            delete(FamilyMember).where(FamilyMember.discord_id == borrower, FamilyMember.member_id == lender),
        )
        for borrower, lender in pairs
    ]
    return any(ended)


def lenders(session: Session, discord_id: int) -> tuple[int, ...]:
    """Return the Discord ids of those who agreed to lend to a person."""
    rows = select(FamilyMember.member_id).where(FamilyMember.discord_id == discord_id)
    return tuple(session.scalars(rows.order_by(FamilyMember.member_id)))


def borrowers(session: Session, discord_id: int) -> tuple[int, ...]:
    """Return the Discord ids of those to whom a person agreed to lend."""
    rows = select(FamilyMember.discord_id).where(FamilyMember.member_id == discord_id)
    return tuple(session.scalars(rows.order_by(FamilyMember.discord_id)))


def lent_games(session: Session, discord_id: int) -> frozenset[int]:
    """Return the app ids that those own who lend to a person.

    Steam lets only some games be shared (`store_pages.family_sharing`); how long others played them says
    nothing of the person.
    """
    libraries = own_libraries(session, lenders(session, discord_id)).values()
    return frozenset(game for library in libraries for game in library.games)


def shared_own_games(session: Session) -> Mapping[int, int]:
    """Return the app ids that two or more own libraries hold, with how many hold them.

    What one person alone owns is left out, so that nothing that is done with the games tells of anybody.
    """
    owners = Counter(
        game for packed in session.scalars(select(PackedOwnLibrary.game_ids)) for game in _numbers_in(packed)
    )
    return {game: count for game, count in owners.items() if count > 1}


def _packed(games: Mapping[int, int | None]) -> tuple[bytes, bytes]:
    known = {game: minutes for game, minutes in sorted(games.items()) if 0 < game <= _LARGEST_ID}
    played = [_HIDDEN if minutes is None else min(minutes, _MOST_MINUTES) for minutes in known.values()]
    return _bytes_of(list(known)), _bytes_of(played)


def _unpacked(game_ids: bytes, minutes: bytes) -> dict[int, float | None]:
    if len(game_ids) != len(minutes) or len(game_ids) % _BYTES_EACH:
        raise UserDataUnavailable("What is stored of somebody's own library does not fit together.")
    return {
        game: None if played == _HIDDEN else played
        for game, played in zip(_numbers_in(game_ids), _numbers_in(minutes), strict=True)
    }


def _bytes_of(numbers: Sequence[int]) -> bytes:
    """Return numbers of 32 bits one after the other, the lowest byte of each first."""
    return struct.pack(f"<{len(numbers)}i", *numbers)


def _numbers_in(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // _BYTES_EACH}i", packed)

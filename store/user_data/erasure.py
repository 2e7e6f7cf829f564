"""What a writing session erased, which must not be found any more, and whom it forgot."""

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.orm import Session

# The keys in a writing session's `info`: that it erased something, and whom it forgot.
_HAS_ERASED = "nextplay.has_erased"
_FORGOTTEN = "nextplay.forgotten"


def mark_erasure(session: Session) -> None:
    """Have what this session overwrites or deletes wiped out of the file when it has ended."""
    session.info[_HAS_ERASED] = True


def erase(session: Session, statement: Delete | Update) -> int:
    """Delete or overwrite rows, so that what was in them is wiped out; return how many there were."""
    mark_erasure(session)
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount


def has_erased(session: Session) -> bool:
    """Return whether the session erased anything."""
    return bool(session.info.get(_HAS_ERASED))


def mark_forgotten(session: Session, discord_id: int) -> None:
    """Have other processes hear that a person is forgotten, when the session has ended."""
    session.info[_FORGOTTEN] = (*forgotten_in(session), discord_id)


def forgotten_in(session: Session) -> tuple[int, ...]:
    """Return whom this session forgot, of whom other processes must hear."""
    forgotten: tuple[int, ...] = session.info.get(_FORGOTTEN, ())
    return forgotten

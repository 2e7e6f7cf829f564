"""Keeping in mind that a writing session erased something, so that it is wiped from the file afterwards."""

from sqlalchemy.orm import Session

# The key in a writing session's `info` that says whether it erased anything.
_HAS_ERASED = "nextplay.has_erased"


def erases(session: Session) -> None:
    """Say that the session erases something."""
    session.info[_HAS_ERASED] = True


def has_erased(session: Session) -> bool:
    """Tell whether anything was erased by this session, which must not be found in the file any more."""
    return bool(session.info.get(_HAS_ERASED))

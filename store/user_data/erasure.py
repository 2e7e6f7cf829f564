"""Whether a writing session erased anything, which must not be found in the file any more."""

from sqlalchemy.orm import Session

# The key in a writing session's `info`.
_HAS_ERASED = "nextplay.has_erased"


def mark_erasure(session: Session) -> None:
    """Have what this session overwrites or deletes wiped out of the file when it has ended."""
    session.info[_HAS_ERASED] = True


def has_erased(session: Session) -> bool:
    """Tell whether the session erased anything."""
    return bool(session.info.get(_HAS_ERASED))

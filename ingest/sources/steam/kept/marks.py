"""Values by their names."""

import secrets

from sqlalchemy.orm import Session

from ingest.sources.steam.kept.models import Mark

# The marks whose value changes with every change of what the source yields.
GAMES_STATE = "state of games"
REVIEWS_STATE = "state of reviews"


def mark(session: Session, name: str) -> str | None:
    """Return the value of a name, None if it has none."""
    found = session.get(Mark, name)
    return None if found is None else found.value


def set_mark(session: Session, name: str, value: str) -> None:
    """Give a name its value."""
    session.merge(Mark(name=name, value=value))
    session.flush()


def touch(session: Session, name: str) -> None:
    """Say that what `name` stands for has changed."""
    set_mark(session, name, secrets.token_hex(32))

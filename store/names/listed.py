"""Several names in one text, with commas or the like between them."""

import re

from sqlalchemy.orm import Session

from store.errors import NotFound, NotInData
from store.models import NameKind
from store.names.resolve import Understood, is_exact, understand

# No title has more commas than that.
_LONGEST_TITLE = 4
# What else people write between names; many a title has a word of these.
_BETWEEN = re.compile(r"\s*[;|\n]\s*|\s+(?:and|y|e|&|\+|/)\s+", re.IGNORECASE)


def understand_games(session: Session, text: str) -> tuple[Understood, ...]:
    """Return what the names of a list such as "Portal 2, Hades, Celeste" are taken for, each game once.

    A comma may be part of a title: where several pieces together are a title, that is meant. A piece that
    names no game is cut at semicolons, "and" and the like.

    Raises:
        NotFound: As `understand` does, of the first piece that names no game.
    """
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    found: dict[int, Understood] = {}
    at = 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + _LONGEST_TITLE), at, -1):
            whole = ", ".join(pieces[at:end])
            if end == at + 1 or is_exact(session, NameKind.GAME, whole):
                for game in _one_or_several(session, whole):
                    found.setdefault(game.id, game)
                at = end
                break
    return tuple(found.values())


def _one_or_several(session: Session, text: str) -> tuple[Understood, ...]:
    """Return the game that a text names, else those that it names with an "and" or the like between them.

    Raises:
        NotFound: As `understand` does, of the text, or of the first part that names no game.
    """
    try:
        return (understand(session, NameKind.GAME, text),)
    except NotInData:
        raise
    except NotFound:
        parts = [part for part in _BETWEEN.split(text) if part]
        if len(parts) < 2:
            raise
    return tuple(understand(session, NameKind.GAME, part) for part in parts)

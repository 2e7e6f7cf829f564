"""Several names in one text, with commas between them."""

from sqlalchemy.orm import Session

from store.models import NameKind
from store.names.resolve import Understood, is_exact, understand

# No title has more commas than that.
_LONGEST_TITLE = 4


def understand_games(session: Session, text: str) -> tuple[Understood, ...]:
    """Return what the names of a list such as "Portal 2, Hades, Celeste" are taken for, each game once.

    A comma may be part of a title: where several pieces together are a title, that is meant.

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
                game = understand(session, NameKind.GAME, whole)
                found.setdefault(game.id, game)
                at = end
                break
    return tuple(found.values())

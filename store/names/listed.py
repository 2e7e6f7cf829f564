"""Several names in one text, with commas or the like between them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from store.errors import NotFound, NotInData
from store.models import NameKind
from store.names.resolve import Understood, is_exact, understand

# No title has more commas than that.
_LONGEST_TITLE = 4
# What else people write between names; many a title has a word of these.
_BETWEEN = re.compile(r"\s*[;|\n]\s*|\s+(?:and|y|e|&|\+|/)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """The games of a list, and what it names that is well known and that the data lack."""

    games: tuple[Understood, ...]
    lacking: tuple[NotInData, ...]


def understand_games(session: Session, text: str) -> tuple[Understood, ...]:
    """Return what the names of a list such as "Portal 2, Hades, Celeste" are taken for, each game once.

    A comma may be part of a title: where several pieces together are a title, that is meant. A piece that
    names no game is cut at semicolons, "and" and the like.

    Raises:
        NotFound: As `understand` does, of the first piece that names no game.
    """
    return _each_once(understand(session, NameKind.GAME, name) for name in listed_names(session, text))


def understand_listed(session: Session, text: str) -> Listed:
    """Return the same of a list in which what the data lack stops none of the others.

    Raises:
        NotFound: As `understand` does, of the first piece that names no game, or where the data have none.
    """
    found: list[Understood] = []
    lacking: list[NotInData] = []
    for name in listed_names(session, text):
        try:
            found.append(understand(session, NameKind.GAME, name))
        except NotInData as error:
            lacking.append(error)
    if lacking and not found:
        raise lacking[0]
    return Listed(_each_once(found), tuple(lacking))


def _each_once(games: Iterable[Understood]) -> tuple[Understood, ...]:
    first: dict[int, Understood] = {}
    for game in games:
        first.setdefault(game.id, game)
    return tuple(first.values())


def listed_names(session: Session, text: str) -> Iterator[str]:
    """Yield the names of a list, each as long as it is a title."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    at = 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + _LONGEST_TITLE), at, -1):
            whole = ", ".join(pieces[at:end])
            if end == at + 1 or is_exact(session, NameKind.GAME, whole):
                yield from _one_or_several(session, whole)
                at = end
                break


def _one_or_several(session: Session, text: str) -> list[str]:
    """Return a text that names a game, or the parts of one that has an "and" or the like between several."""
    try:
        understand(session, NameKind.GAME, text)
    except NotInData:
        return [text]
    except NotFound:
        parts = [part for part in _BETWEEN.split(text) if part]
        return parts if len(parts) > 1 else [text]
    return [text]

"""Reading a pasted list of games: by lines or commas, with whatever stands around each in the list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from store import NotFound
from store.models import NameKind
from store.names import Understood, listed_names, understand

# A cell of a table stands for a line.
_LINES = re.compile(r"[\r\n\t]+")
# "1.", "2)", "-", "*" or "•" before a title.
_MARK = re.compile(r"^\s*(?:\d{1,3}[.)]\s+|[-*•]\s+)?")
# What could be part of a title is left out only of a name that no game has: before it a number, an emoji as
# Discord writes it, what the list is called; after it how long it was played, or how good it is.
_BEFORE = re.compile(r"^(?:[#(\[]*\d{1,3}[.):\]]*\s+|<?a?:\w+:(?:\d+>)?\s*|[^:]{1,40}:\s+)+")
_AFTER = re.compile(
    r"\s*[-–—·:|(\[]*\s*\d[\d.,]*\s*(?:h|hrs?|hours?|horas?|min(?:utes|utos)?|%|/\s*\d+)\.?[)\]]?$",
    re.IGNORECASE,
)
# More of them than anybody pastes, and a bound to what one press can ask.
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Pasted:
    """The games of a list, and the names in it that no game has."""

    games: tuple[Understood, ...]
    unknown: tuple[str, ...]


def read_pasted(session: Session, text: str) -> Pasted:
    """Return the games that a pasted list names, each once; what is unknown stops none of the others."""
    games: dict[int, Understood] = {}
    unknown: list[str] = []
    for name in _names(session, text):
        game = _understood(session, name)
        if game is None:
            unknown.append(name)
        else:
            games.setdefault(game.id, game)
    return Pasted(tuple(games.values()), tuple(unknown))


def _names(session: Session, text: str) -> Iterator[str]:
    for line in _LINES.split(text)[:_MOST_LINES]:
        for name in listed_names(session, _MARK.sub("", line)):
            if any(map(str.isalnum, name)):
                yield name


def _understood(session: Session, name: str) -> Understood | None:
    for written in dict.fromkeys((name, _AFTER.sub("", _BEFORE.sub("", name)))):
        try:
            return understand(session, NameKind.GAME, written)
        except NotFound:
            continue
    return None

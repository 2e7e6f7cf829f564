"""Reading a pasted list of games: by lines or commas, with whatever stood before each in the list."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from store import NotFound
from store.names import Understood, understand_listed

# "1.", "2)", "-", "*" or "•" before a title.
_MARK = re.compile(r"^\s*(?:\d{1,3}[.)]\s+|[-*•]\s+)?")
# More of them than anybody pastes, and a bound to what one press can ask.
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Pasted:
    """The games of a list, and the lines in which a game is named that nobody knows."""

    games: tuple[Understood, ...]
    unknown: tuple[str, ...]


def read_pasted(session: Session, text: str) -> Pasted:
    """Return the games that a pasted list names, each once; what is unknown stops none of the others."""
    games: dict[int, Understood] = {}
    unknown: list[str] = []
    for line in text.splitlines()[:_MOST_LINES]:
        names = _MARK.sub("", line).strip()
        try:
            listed = understand_listed(session, names)
        except NotFound as error:
            unknown.append(error.asked)
            continue
        unknown += [error.asked for error in listed.lacking]
        for game in listed.games:
            games.setdefault(game.id, game)
    return Pasted(tuple(games.values()), tuple(unknown))

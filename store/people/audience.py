"""For whom the answers of a reading session are: what is for adults is not in the data of all others."""

import enum

from sqlalchemy.orm import Session

from store import dialect
from store.caches.answer_cache import kept

# The key in a reading session's `info` of its audience.
AUDIENCE = "nextplay.audience"


class Audience(enum.StrEnum):
    """Who sees an answer.

    For everyone, games of any `Maturity` but `GENERAL` do not exist: in no list, by no name. For adults, all
    that the store has is there.
    """

    EVERYONE = "everyone"
    ADULTS = "adults"


def games_not_shown(session: Session) -> frozenset[int]:
    """Return the app ids of the games that the session's audience is not shown.

    Queries that read `games` see none of them anyway; a list that is kept by app ids needs to know.
    """
    if session.info.get(AUDIENCE, Audience.ADULTS) is Audience.ADULTS:
        return frozenset()
    return _adult_games(session)


@kept
def _adult_games(session: Session) -> frozenset[int]:
    return dialect.adult_games(session.connection())

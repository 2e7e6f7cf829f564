"""Drawing one game of those that a person would like, or that many love."""

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from sqlalchemy.orm import Session

from commands.core.request.profile import Profile
from store import queries
from store.errors import NothingLeft, NothingToGoOn, RuledOut
from store.queries import Filters
from store.results import GameCard, GameRef, Reason, TopBy

# Among how many of a person's best games, and of those that many love, one is drawn.
_FOR_PERSON = 30
_FOR_ANYBODY = 200


@dataclass(frozen=True, slots=True)
class Surprise:
    """A game, whether it is for the person's library, and the games there that it is for, if few are why."""

    game: GameCard
    is_personal: bool
    because: tuple[Reason, ...] = ()

    @property
    def ref(self) -> GameRef:
        """The game as other replies refer to it."""
        return self.game.game


def draw(
    session: Session,
    profile: Profile,
    filters: Filters,
    *,
    hidden: Collection[int],
    seen: Collection[int],
    rng: Random,
) -> Surprise:
    """Draw a game: by the profile unless it is empty or unknown to the data, else one that many love.

    Those that are hidden are never drawn, those that were seen only where no other is left.

    Raises:
        NotFound: A name of the filters is unknown.
        NothingLeft: There is no game to draw.
    """
    for unwanted in (frozenset(hidden) | frozenset(seen), frozenset(hidden)):
        personal = _for_person(session, profile, filters, unwanted)
        candidates = personal or _loved(session, filters, unwanted)
        if candidates:
            app_id, because = rng.choice(candidates)
            return Surprise(queries.game(session, str(app_id), similar=0), bool(personal), because)
    raise NothingLeft(RuledOut.FILTERS)


def _for_person(
    session: Session, profile: Profile, filters: Filters, unwanted: Collection[int]
) -> list[tuple[int, tuple[Reason, ...]]]:
    try:
        if profile.library is not None:
            found = queries.recommend_library(
                session,
                profile.library.games,
                _FOR_PERSON,
                filters=filters,
                exclude=unwanted,
                taste=profile.taste,
            )
        elif profile.user_id is not None:
            found = queries.recommend_user(
                session, profile.user_id, _FOR_PERSON, filters=filters, exclude=unwanted, taste=profile.taste
            )
        else:
            found = queries.recommend_library(
                session, {}, _FOR_PERSON, filters=filters, exclude=unwanted, taste=profile.taste
            )
    except (NothingToGoOn, NothingLeft):
        return []
    return [(entry.game.id, entry.because.games) for entry in found if not entry.because.by_limits]


def _loved(
    session: Session, filters: Filters, unwanted: Collection[int]
) -> list[tuple[int, tuple[Reason, ...]]]:
    top = queries.top_games(session, TopBy.RECOMMENDED, filters=filters, limit=_FOR_ANYBODY)
    return [(entry.game.id, ()) for entry in top.games if entry.game.id not in unwanted]

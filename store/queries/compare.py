"""Two games, developers or players side by side."""

import numpy as np
from sqlalchemy.orm import Session

from store.answer_cache import kept
from store.arguments import NAME
from store.game_refs import game_refs
from store.models import Player, PlayerStats
from store.names import resolve_players
from store.queries.developers import developer, developer_reviews_analysis
from store.queries.games import game
from store.queries.players import userdata
from store.queries.playtime import hours
from store.questions import question
from store.results import DeveloperPair, DeveloperProfile, GamePair, PlayerPair, PlayerProfile
from store.scoring.libraries import read_libraries

MOST_SHARED_GAMES = 3


@question(first=NAME, second=NAME)
@kept
def compare_games(session: Session, first: str, second: str) -> GamePair:
    """Return all that is known of two games, without the games similar to each.

    Raises:
        NotFound: There is none by one of the names.
    """
    return GamePair(game(session, first, similar=0), game(session, second, similar=0))


@question(first=NAME, second=NAME)
@kept
def compare_developers(session: Session, first: str, second: str) -> DeveloperPair:
    """Return the releases and reviews of two developers.

    Raises:
        NotFound: There is none by one of the names.
    """
    return DeveloperPair(_developer(session, first), _developer(session, second))


@question(first=NAME, second=NAME)
def compare_players(session: Session, first: str, second: str) -> PlayerPair:
    """Return two players' numbers and what both own.

    Names are as for `userdata`. The games that both own are in the order of the shorter of the two playtimes,
    of equal ones the lower app id first.

    Raises:
        NotFound: There is no player by one of the names.
    """
    ids = resolve_players(session, (first, second))
    (_, one), (_, other) = read_libraries(session, ids)
    shared, of_one, of_other = np.intersect1d(
        one.game_ids, other.game_ids, assume_unique=True, return_indices=True
    )
    shorter = np.minimum(one.minutes[of_one], other.minutes[of_other])
    most_played = shared[np.argsort(-shorter, kind="stable")[:MOST_SHARED_GAMES]].tolist()
    refs = game_refs(session, most_played)
    sides = _player(session, ids[0]), _player(session, ids[1])
    return PlayerPair(
        *sides,
        shared_games=None if any(side.data.items is None for side in sides) else len(shared),
        most_played=tuple(refs[app_id] for app_id in most_played if app_id in refs),
    )


def _developer(session: Session, asked: str) -> DeveloperProfile:
    report = developer(session, asked)
    return DeveloperProfile(report, developer_reviews_analysis(session, report.developer))


def _player(session: Session, player_id: int) -> PlayerProfile:
    player = session.get_one(Player, player_id)
    stats = session.get(PlayerStats, player_id)
    data = userdata(session, player.user_id)
    played = None if data.items is None else hours(0 if stats is None else stats.minutes)
    return PlayerProfile(data, played)

"""Two games, developers or players side by side."""

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.boundary.arguments import NAME
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.catalogue.game_refs import game_refs
from store.dialect import VALUES_TABLE, Prepared, values_param
from store.models import PlayerStats
from store.names import resolve_players
from store.queries.developers import developer, developer_reviews_analysis
from store.queries.games import game
from store.queries.players import data_of
from store.queries.playtime import hours
from store.results import DeveloperPair, DeveloperProfile, GamePair, PlayerPair, PlayerProfile
from store.scoring.libraries import read_libraries

MOST_SHARED_GAMES = 3

_MINUTES = Prepared(
    select(PlayerStats.player_id, PlayerStats.minutes).where(
        PlayerStats.player_id.in_(select(VALUES_TABLE.c.value))
    )
)


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
    minutes = dict(_MINUTES.all(session.connection(), values_param(ids)))
    first_side, second_side = (_player(session, player, minutes.get(player, 0)) for player in ids)
    has_libraries = first_side.data.items is not None and second_side.data.items is not None
    return PlayerPair(
        first_side,
        second_side,
        shared_games=len(shared) if has_libraries else None,
        most_played=tuple(refs[app_id] for app_id in most_played if app_id in refs),
    )


def _developer(session: Session, asked: str) -> DeveloperProfile:
    report = developer(session, asked)
    return DeveloperProfile(report, developer_reviews_analysis(session, report.developer))


def _player(session: Session, player: int, minutes: int) -> PlayerProfile:
    data = data_of(session, player)
    return PlayerProfile(data, None if data.items is None else hours(minutes))

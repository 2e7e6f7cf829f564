"""Invented libraries: skewed like real ones, and ruled by taste."""

from itertools import combinations
from random import Random
from statistics import mean, median

import pytest

from ingest.sample.catalogue import CATALOGUE
from ingest.sample.players import Player, invent_players


@pytest.fixture(scope="module")
def players() -> tuple[Player, ...]:
    return invent_players(400, Random(20180104))


def _overlap(one: Player, other: Player) -> float:
    mine, theirs = ({owned.app_id for owned in player.library} for player in (one, other))
    return len(mine & theirs) / len(mine | theirs)


def test_players_of_one_taste_share_more_games_than_others(players: tuple[Player, ...]) -> None:
    pairs = list(combinations([player for player in players if len(player.library) >= 5], 2))
    alike = mean(_overlap(one, other) for one, other in pairs if one.taste == other.taste)
    unlike = mean(_overlap(one, other) for one, other in pairs if one.taste != other.taste)
    assert alike > 1.7 * unlike


def test_a_few_libraries_are_many_times_the_usual(players: tuple[Player, ...]) -> None:
    sizes = [len(player.library) for player in players]
    assert 10 <= median(sizes) <= 30
    assert max(sizes) > 6 * median(sizes)


def test_a_few_games_are_owned_many_times_as_often_as_the_usual(players: tuple[Player, ...]) -> None:
    owned = [item.app_id for player in players for item in player.library]
    counts = [owned.count(app_id) for app_id in set(owned)]
    assert max(counts) > 5 * median(counts)


def test_a_third_of_games_was_never_played_and_playtimes_spread_widely(players: tuple[Player, ...]) -> None:
    minutes = [owned.minutes for player in players for owned in player.library]
    played = [time for time in minutes if time]
    assert 0.28 < 1 - len(played) / len(minutes) < 0.42
    assert mean(played) > 5 * median(played)


def test_nobody_played_longer_lately_than_ever(players: tuple[Player, ...]) -> None:
    assert all(owned.recent_minutes <= owned.minutes for player in players for owned in player.library)


def test_nobody_owns_a_game_twice(players: tuple[Player, ...]) -> None:
    for player in players:
        assert len({owned.app_id for owned in player.library}) == len(player.library)


def test_extras_are_in_no_library_as_steam_lists_none(players: tuple[Player, ...]) -> None:
    extras = {game.app_id for game in CATALOGUE if game.is_extra}
    assert extras
    assert all(owned.app_id not in extras for player in players for owned in player.library)

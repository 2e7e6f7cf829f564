"""Hiding games of players, and scoring all games by weights learnt without them."""

import numpy as np
import pytest
from scipy import sparse

from recommender.data.libraries import Libraries
from recommender.data.playtime_stats import PlaytimeStats, playtime_stats
from recommender.model.observations import held_out_parts, is_negligible, observe_held_out, some_players
from tests.recommender.worlds import two_tastes


def test_nobody_is_held_out_twice_and_few_players_are_all_held_out() -> None:
    libraries = two_tastes(103)
    parts = held_out_parts(libraries)
    assert np.sum(parts, axis=0).tolist() == [1] * 103
    assert not any(is_negligible(part) for part in parts)


def test_of_many_players_one_small_part_is_enough() -> None:
    players, each = 40_000, 100
    starts = np.arange(players + 1, dtype=np.int64) * each
    columns = np.tile(np.arange(each, dtype=np.int32), players)
    many = Libraries(
        np.arange(players), np.arange(each, dtype=np.int32), starts, columns, np.zeros(len(columns), np.int32)
    )
    (part,) = held_out_parts(many)
    assert is_negligible(part)
    assert part.sum() == 1000
    assert len(some_players(many).player_ids) == 2000


def test_each_game_of_a_library_is_hidden_once_and_found_where_weights_lead_to_it() -> None:
    libraries = two_tastes(1)
    games = len(libraries.game_ids)
    all_alike = sparse.csr_array(
        np.full((games, games), 0.1, np.float32) - 0.1 * np.eye(games, dtype=np.float32)
    )
    seen = observe_held_out(libraries, playtime_stats(libraries), all_alike)
    assert sorted(seen.columns[seen.owned].tolist()) == libraries.columns.tolist()
    assert seen.played.sum() == 4
    assert not (seen.played & ~seen.owned).any()


def test_what_is_played_long_for_that_game_contributes_more() -> None:
    libraries = two_tastes(1)
    games = len(libraries.game_ids)
    times = PlaytimeStats(np.linspace(2, 8, games), np.linspace(0.5, 2, games))
    each_for_the_next = sparse.csr_array(np.eye(games, k=1, dtype=np.float32) / 2)
    seen = observe_held_out(libraries, times, each_for_the_next)
    assert len(seen.columns) >= games // 2
    assert seen.by_playtime == pytest.approx(times.percentiles(libraries)[seen.columns - 1] / 2)

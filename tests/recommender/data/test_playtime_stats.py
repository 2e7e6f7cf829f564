"""How long a person plays a game, measured by how long its other owners do."""

import numpy as np
import pytest

from recommender.data.libraries import Libraries, libraries_of
from recommender.data.playtime_stats import playtime_stats
from store.scoring.weights import playtime_percentile

SHORT, LONG = 10, 20


def _played(short: list[int], long: list[int]) -> Libraries:
    """Return players who each own a short and a long game, with the minutes that they played them."""
    players = len(short)
    games = np.tile(np.array([SHORT, LONG], np.int32), players)
    minutes = np.column_stack([short, long]).ravel().astype(np.int32)
    return libraries_of(np.arange(players), np.full(players, 2), games, minutes)


def test_the_same_time_is_much_for_a_short_game_and_little_for_a_long_one() -> None:
    hour = 60
    libraries = _played([hour, *[*range(1, 40)] * 10], [hour, *[*range(1_000, 40_000, 1_000)] * 10])
    short, long = playtime_stats(libraries).percentiles(libraries)[:2]
    assert short > 0.9
    assert long < 0.1


def test_about_half_of_the_owners_play_less_than_the_one_in_the_middle() -> None:
    times = np.random.default_rng(1).lognormal(5, 1.5, 10_000)
    games = np.full(len(times), SHORT, np.int32)
    libraries = libraries_of(np.arange(len(times)), np.ones(len(times), int), games, times.astype(np.int32))
    told = playtime_stats(libraries).percentiles(libraries)
    share = np.argsort(np.argsort(times)) / len(times)
    assert np.abs(told - share).max() < 0.03


def test_unknown_times_say_neither_much_nor_little() -> None:
    assert playtime_percentile(np.array([np.nan]), np.array([3.0]), np.array([2.0])) == pytest.approx(0.5)


def test_a_game_that_nobody_owns_and_equal_times_have_numbers_all_the_same() -> None:
    libraries = _played([0, 0], [0, 0]).over(np.array([5, SHORT, LONG], np.int32))
    times = playtime_stats(libraries)
    assert np.isfinite(times.mean).all()
    assert (times.std > 0).all()
    assert times.percentiles(libraries) == pytest.approx(0.5)
    nobody = playtime_stats(libraries.of(np.array([], np.intp)))
    assert np.isfinite(nobody.mean).all()
    assert (nobody.std > 0).all()


def test_games_that_nobody_owns_are_as_if_they_had_been_among_the_others() -> None:
    libraries = _played([1, 5], [100, 300])
    games = np.array([5, SHORT, 15, LONG, 25], np.int32)
    among, at_once = (
        playtime_stats(libraries).over(np.array([1, 3]), 5),
        playtime_stats(libraries.over(games)),
    )
    assert among.mean.tolist() == at_once.mean.tolist()
    assert among.std.tolist() == at_once.std.tolist()
    some = at_once.of(np.array([3, 0]))
    assert some.mean.tolist() == at_once.mean[[3, 0, -1]].tolist()

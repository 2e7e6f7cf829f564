"""How long a person plays a game, measured by how long its other owners do."""

import numpy as np
import pytest

from recommender.libraries import Libraries, libraries_of
from recommender.play_times import play_times
from store.queries.weights import devotion

SHORT, LONG = 10, 20


def _played(short: list[int], long: list[int]) -> Libraries:
    """Return players who each own a short and a long game, with the minutes that they played them."""
    players = np.repeat(np.arange(len(short)), 2)
    games = np.tile(np.array([SHORT, LONG], np.int32), len(short))
    return libraries_of(players, games, np.column_stack([short, long]).ravel().astype(np.int32))


def test_the_same_time_is_much_for_a_short_game_and_little_for_a_long_one():
    hour = 60
    libraries = _played([hour, *[*range(1, 40)] * 10], [hour, *[*range(1_000, 40_000, 1_000)] * 10])
    short, long = play_times(libraries).devotion(libraries)[:2]
    assert short > 0.9
    assert long < 0.1


def test_about_half_of_the_owners_play_less_than_the_one_in_the_middle():
    times = np.random.default_rng(1).lognormal(5, 1.5, 10_000)
    libraries = libraries_of(np.arange(10_000), np.full(10_000, SHORT, np.int32), times.astype(np.int32))
    told = play_times(libraries).devotion(libraries)
    share = np.argsort(np.argsort(times)) / len(times)
    assert np.abs(told - share).max() < 0.03


def test_unknown_times_say_neither_much_nor_little():
    assert devotion(np.array([np.nan]), np.array([3.0]), np.array([2.0])) == pytest.approx(0.5)


def test_a_game_that_nobody_owns_and_equal_times_have_numbers_all_the_same():
    libraries = _played([0, 0], [0, 0]).over(np.array([5, SHORT, LONG], np.int32))
    times = play_times(libraries)
    assert np.isfinite(times.mean).all()
    assert (times.spread > 0).all()
    assert times.devotion(libraries) == pytest.approx(0.5)
    nobody = play_times(libraries.of(np.array([], np.intp)))
    assert np.isfinite(nobody.mean).all()
    assert (nobody.spread > 0).all()

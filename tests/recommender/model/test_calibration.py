"""From sums of weights to probabilities, on players whom the weights were learnt without."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit

from recommender.model.calibration import calibrate
from recommender.model.observations import Observations
from store.scoring.scorer import log_odds


def _seen(often: float, entries: int, game: int, seed: int = 1) -> Observations:
    """Return so many sums for a game that is there `often` times as likely as a sum says."""
    random = np.random.default_rng(seed)
    sums = random.uniform(0.02, 0.45, entries)
    owned = random.random(entries) < often * sums
    return Observations(np.full(entries, game), sums, sums, owned, owned & (random.random(entries) < 0.5))


def _both(first: Observations, second: Observations) -> Observations:
    return Observations(
        np.append(first.columns, second.columns),
        np.append(first.by_ownership, second.by_ownership),
        np.append(first.by_playtime, second.by_playtime),
        np.append(first.owned, second.owned),
        np.append(first.played, second.played),
    )


def _likely(seen: Observations, game: int, sums: NDArray[np.float64]) -> NDArray[np.float64]:
    coefficients = calibrate(seen, games=2).own
    return np.asarray(expit(coefficients.intercept[game] + coefficients.slope[game] * log_odds(sums)))


def test_each_game_gets_its_own_coefficients_where_it_was_seen_often() -> None:
    seen = _both(_seen(0.5, 20_000, game=0), _seen(2.0, 20_000, game=1))
    sums = np.array([0.1, 0.2, 0.4])
    assert _likely(seen, 0, sums) == pytest.approx(0.5 * sums, abs=0.03)
    assert _likely(seen, 1, sums) == pytest.approx(2.0 * sums, abs=0.06)


def test_a_game_on_no_list_gets_the_coefficients_of_all_games_together() -> None:
    coefficients = calibrate(_seen(0.5, 20_000, game=0), games=2).own
    assert (coefficients.intercept[1], coefficients.slope[1]) == (
        coefficients.intercept[-1],
        coefficients.slope[-1],
    )
    assert expit(coefficients.intercept[1] + coefficients.slope[1] * log_odds(np.array([0.3])))[0] < 0.2


def test_playing_is_likely_as_often_as_it_was_seen() -> None:
    seen = _seen(1.0, 40_000, game=0)
    own, play = (
        expit(coefficients.intercept[0] + coefficients.slope[0] * log_odds(np.array([0.3])))[0]
        for coefficients in (calibrate(seen, games=1).own, calibrate(seen, games=1).play)
    )
    assert play / own == pytest.approx(0.5, abs=0.05)


def test_what_was_never_observed_counts_as_it_is() -> None:
    nothing = Observations(np.empty(0, np.intp), *np.empty((2, 0)), *np.empty((2, 0), bool))
    coefficients = calibrate(nothing, games=3).own
    assert coefficients.intercept == pytest.approx(0.0)
    assert coefficients.slope == pytest.approx(1.0)
    assert coefficients.percentile_slope == pytest.approx(0.0)


def test_what_is_played_longer_counts_in_the_coefficients_for_playing_alone() -> None:
    random = np.random.default_rng(1)
    entries = 40_000
    sums = random.uniform(0.1, 0.4, entries)
    by_time = sums * random.uniform(0.2, 1.0, entries)
    owned = random.random(entries) < sums
    played = owned & (random.random(entries) < by_time / sums)
    fitted = calibrate(Observations(np.zeros(entries, np.intp), sums, by_time, owned, played), games=1)
    assert fitted.own.percentile_slope == pytest.approx(0.0, abs=0.1)
    assert (fitted.play.percentile_slope > 0.8).all()


def test_a_game_unlike_all_others_gets_the_likeliest_coefficients_all_the_same() -> None:
    # From the common line, a full Newton step of the second game leads far beyond its own.
    often, never = _seen(2.2, 5_000, game=0), _seen(0.0, 3_000, game=1, seed=2)
    sure = np.linspace(0.9, 0.99, 3_000)
    high = Observations(never.columns, sure, sure, never.owned, never.owned)
    sums = np.array([0.9, 0.95, 0.99])
    assert (_likely(_both(often, high), 1, sums) < 0.01).all()
    assert _likely(_both(often, high), 0, np.array([0.2]))[0] == pytest.approx(0.44, abs=0.05)

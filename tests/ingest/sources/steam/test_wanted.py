"""Games that somebody wants go before those that are more reviewed."""

import pytest

from ingest.sources.steam.kept.models import AppState, PlayerCount, ReviewMark
from tests.ingest.sources.steam.asking import Nights

pytestmark = pytest.mark.slow


def test_wanted_games_are_asked_for_first_where_each_is_a_call(asked: Nights) -> None:
    asked.run(review_games=0, details_a_run=0, player_counts_a_run=0)
    rated = [state for state in asked.rows(AppState) if state.is_game and state.ratings]
    wanted = tuple(state.app for state in sorted(rated, key=lambda state: state.ratings)[:2])
    asked.run(review_games=2, details_a_run=2, player_counts_a_run=2, wanted=wanted)
    assert {count.app for count in asked.rows(PlayerCount)} == set(wanted)
    assert {mark.app for mark in asked.rows(ReviewMark)} == set(wanted)
    assert {state.app for state in asked.rows(AppState) if state.details_at is not None} == set(wanted)


def test_a_wanted_app_that_steam_does_not_have_is_not_asked_for(asked: Nights) -> None:
    asked.run(review_games=1, details_a_run=1, player_counts_a_run=1, wanted=(999_999_999, 2**40))
    assert not asked.source.is_partial
    assert 999_999_999 not in {count.app for count in asked.rows(PlayerCount)}

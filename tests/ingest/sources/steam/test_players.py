"""How many play a game now: whom that is asked of, and what is kept of the answers."""

from datetime import timedelta

import pytest

from ingest.sources.steam.kept.models import AppState, PlayerCount
from playground.steam import Mood
from playground.steam.catalogue import invented
from tests.ingest.sources.steam.asking import Nights

pytestmark = pytest.mark.slow

METHOD = "GetNumberOfCurrentPlayers"


def test_the_most_reviewed_games_have_a_count_with_its_age(asked: Nights) -> None:
    asked.run(player_counts_a_run=5)
    known = sorted((state for state in asked.rows(AppState) if state.is_game), key=lambda one: -one.ratings)
    counted = {app for app, game in asked.games.items() if game.page and game.page.players_now is not None}
    assert counted == {state.app for state in known[:5]}
    page = asked.games[known[0].app].page
    assert page is not None
    assert page.players_counted_at is not None
    assert asked.clock.now() - page.players_counted_at < timedelta(minutes=10)


def test_a_count_is_asked_for_once_a_night_and_followed_by_others(asked: Nights) -> None:
    asked.run(player_counts_a_run=5)
    asked.run(player_counts_a_run=5)
    assert len(asked.rows(PlayerCount)) == 10
    asked.run(player_counts_a_run=0)
    assert asked.asked[METHOD] == 0


def test_an_app_without_a_count_keeps_the_one_that_it_had(asked: Nights) -> None:
    wanted = (invented.TIDEWRIGHT,)
    asked.run(player_counts_a_run=5, wanted=wanted)
    before = asked.games[invented.TIDEWRIGHT].page
    asked.steam.world.advance(days=1)
    asked.steam.world.catalogue.change(invented.TIDEWRIGHT, listed=False)
    asked.run(player_counts_a_run=5, wanted=wanted)
    after = asked.games[invented.TIDEWRIGHT].page
    assert before is not None
    assert before.players_now is not None
    assert after is not None
    assert (after.players_now, after.players_counted_at) == (before.players_now, before.players_counted_at)


@pytest.mark.parametrize("always", [True, False])
def test_an_app_that_steam_counts_no_players_of_is_no_failure(asked: Nights, always: bool) -> None:
    if not always:
        asked.steam.world.switches.off(Mood.PLAYERS_404)
    source = asked.run(player_counts_a_run=1_000)
    assert not source.is_partial
    assert {count.app for count in asked.rows(PlayerCount) if count.players is None} == {
        state.app for state in asked.rows(AppState) if state.is_game
    } - {app for app, game in asked.games.items() if game.page and game.page.players_now is not None}

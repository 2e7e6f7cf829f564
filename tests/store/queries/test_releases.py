"""Which games are not out yet."""

from datetime import date

from store.models import Game
from store.queries.releases import coming_games
from tests.store.builder import SmallStore

TODAY = date(2026, 11, 27)


def test_a_game_is_not_out_before_its_day_or_year_or_with_mere_words_for_either(
    small_store: SmallStore,
) -> None:
    games = {1: "Out", 2: "Tomorrow", 3: "Next year", 4: "When it is done", 5: "Owned early", 6: "Unknown"}
    with small_store.fill() as build:
        for app_id, title in games.items():
            build.game(app_id, title, year={1: 2026, 2: 2026, 3: 2027}.get(app_id))
        build.game_stats(5, owners=3)
    with small_store.database.writer() as session:
        session.get_one(Game, 1).release_date = TODAY
        session.get_one(Game, 2).release_date = date(2026, 11, 28)
        for app_id in (4, 5):
            session.get_one(Game, app_id).release_text = "When it is done"
    assert small_store.ask(coming_games, games, TODAY) == {2, 3, 4}

"""The catalogue of a Steam on loopback, night after night."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.errors import SourceError
from ingest.sources.steam import list_apps
from playground.steam import Mood, Step
from playground.steam.catalogue import invented
from store.models import DeckRating, GameKind, Offer
from store.runs import SilentProgress
from tests.ingest.sources.steam.asking import Nights

pytestmark = pytest.mark.slow


def test_a_game_comes_with_all_that_its_page_says(asked: Nights) -> None:
    asked.run()
    game = asked.games[invented.TIDEWRIGHT]
    assert game.title == "Tidewright"
    assert (game.listed, game.kind) == (True, GameKind.GAME)
    assert (game.publisher, game.developers) == ("Brinework", ("Brinework",))
    assert game.tags[:2] == ("Co-op", "Multiplayer")
    assert "Single-player" in game.specs
    assert game.price_cents == 2499
    assert game.steam_rating == "Overwhelmingly Positive"
    assert game.page is not None
    assert game.page.short_description == "Build canals & quarrel with the moon, alone or with three friends."
    assert (game.page.currency, game.page.price_now_cents) == ("USD", 2499)
    assert (game.page.rating_percent, game.page.rating_count) == (97, 3000)
    assert game.page.deck_rating is DeckRating.VERIFIED
    assert game.page.family_sharing
    assert game.page.languages is not None
    assert game.page.languages[0] == "english"
    assert game.page.checked_at is not None
    assert game.page.header_image is not None
    assert f"/{invented.TIDEWRIGHT}/" in game.page.header_image
    assert "$" not in game.page.header_image


def test_both_ways_list_the_same_games(asked: Nights, keyless: Nights) -> None:
    asked.run()
    keyless.kept = keyless.kept.with_name("keyless.sqlite3")
    keyless.run()
    of_the_moment = {"checked_at": None, "players_now": None, "players_counted_at": None}
    lasting = [
        {
            app: replace(game, page=game.page and replace(game.page, **of_the_moment))
            for app, game in runs.games.items()
        }
        for runs in (asked, keyless)
    ]
    assert lasting[0] == lasting[1]
    assert not keyless.source.is_partial


def test_prices_of_another_country_are_no_dollars(asked: Nights) -> None:
    asked.run(country="DE")
    game = asked.games[invented.TIDEWRIGHT]
    assert game.price_cents is None
    assert game.page is not None
    assert game.page.currency == "EUR"
    assert game.page.price_now_cents


def test_titles_come_in_further_languages(asked: Nights) -> None:
    asked.run(languages=("english", "schinese"))
    titles = {app: dict(game.titles) for app, game in asked.games.items() if game.titles}
    assert all(set(names) == {"schinese"} for names in titles.values())


def test_three_nights_bring_what_happened_in_the_store(asked: Nights) -> None:
    asked.run()
    assert asked.steam.world.advance(days=1) == [Step.RELEASE, Step.PRICE_DROP]
    asked.run()
    released, cheaper = asked.games[invented.SNOWGLOBE], asked.games[invented.TIDEWRIGHT]
    assert (released.price_cents, released.page and released.page.rating_count) == (1499, 13)
    assert cheaper.price_cents == 2499
    assert cheaper.page is not None
    assert (cheaper.page.price_now_cents, cheaper.page.discount_percent) == (1499, 40)
    ends = datetime.fromtimestamp(asked.steam.world.now + 7 * 86_400, UTC)
    assert cheaper.page.discount_ends is not None
    assert abs(cheaper.page.discount_ends - ends).days < 1

    asked.steam.world.advance(days=2)
    asked.run()
    weekend = asked.games[invented.TIDEWRIGHT].page
    assert weekend is not None
    assert weekend.offer is Offer.FREE_WEEKEND
    assert asked.games[invented.LANTERN_POST].release_date is None

    asked.steam.world.advance(days=4)
    asked.run()
    after = asked.games[invented.TIDEWRIGHT].page
    assert after is not None
    assert after.offer is None


def test_a_withdrawn_game_keeps_its_facts_and_is_unlisted_after_three_days(asked: Nights) -> None:
    asked.run()
    before = asked.games[invented.THE_LONG_COMMUTE]
    asked.steam.world.advance(days=8)  # the whole list is walked through once a week
    for day in (1, 2):
        asked.run()
        asked.run()  # twice a day counts once
        assert asked.games[invented.THE_LONG_COMMUTE].listed
        assert asked.state(invented.THE_LONG_COMMUTE).misses == day
        asked.steam.world.advance(days=1)
    asked.run()
    gone = asked.games[invented.THE_LONG_COMMUTE]
    assert not gone.listed
    assert (gone.title, gone.tags, gone.developers) == (before.title, before.tags, before.developers)


@pytest.mark.parametrize("with_key", [True, False])
def test_answers_without_any_game_remove_none(asked: Nights, *, with_key: bool) -> None:
    changes = {} if with_key else {"key": None}
    asked.run(**changes)
    before = asked.games
    for _day in range(4):
        asked.steam.world.advance(days=100)
        with asked.steam.mood(Mood.ITEMS_GONE):
            asked.run(**changes)
        assert asked.source.is_partial
        assert "which is not believed" in " ".join(asked.source.notes)
    assert {app: game.listed for app, game in asked.games.items()} == {
        app: game.listed for app, game in before.items()
    }


def test_a_night_asks_only_for_what_has_changed(asked: Nights) -> None:
    asked.run()
    asked.steam.world.advance(days=1)
    asked.run()
    assert asked.asked["GetAppList"] == 1
    assert asked.asked["GetItems"] == 1
    calls = asked.steam.world.calls.of("GetAppList")
    assert int(calls[0].sent["if_modified_since"]) > 0


def test_nothing_new_is_told_as_unchanged(asked: Nights) -> None:
    asked.run(review_games=0)
    list(asked.source.reviews(SilentProgress()))
    list(asked.source.games(SilentProgress()))
    list(asked.source.libraries(SilentProgress()))
    before = {read.name: read.record for read in asked.source.inputs()}
    again = asked.run(review_games=0)
    assert again.unchanged(before, datetime.now(UTC)) is not None
    asked.steam.world.advance(days=1)
    changed = asked.run(review_games=0)
    assert changed.unchanged(before, datetime.now(UTC)) is None


def test_where_nothing_ever_came_the_run_fails_with_a_sentence(asked: Nights) -> None:
    asked.settings = replace(
        asked.settings, hosts=replace(asked.settings.hosts, api="http://127.0.0.1:9"), key=None
    )
    with pytest.raises(SourceError, match=r"Nothing has come from Steam yet: .*try again later\.$"):
        asked.run()


def test_an_empty_first_page_of_the_list_is_asked_for_again(asked: Nights) -> None:
    with asked.steam.mood(Mood.FIRST_LIST_EMPTY):
        asked.run()
    assert len(asked.games) >= 60
    assert asked.asked["GetAppList"] == 2


def test_pages_of_the_list_go_on_from_the_last_app(asked: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.steam.calls.APPS_A_PAGE", 20)
    asked.run()
    assert asked.asked["GetAppList"] >= 3
    assert len(asked.games) >= 60


def test_a_page_of_the_list_that_comes_again_ends_the_walk_unfinished(
    asked: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.sources.steam.calls.APPS_A_PAGE", 20)
    with asked.steam.mood(Mood.DUPLICATE_PAGE):
        asked.run()
    assert "the same page again" in " ".join(asked.source.notes)
    asked.run()
    assert not asked.source.is_partial
    assert len(asked.games) >= 60


def test_a_key_that_is_not_taken_is_said_and_the_rest_comes_without(asked: Nights) -> None:
    asked.steam.world.keys.clear()
    asked.run()
    assert asked.asked["Query"] >= 1
    assert any("STEAM_API_KEY" in note for note in asked.source.notes)
    assert len(asked.games) >= 60


def test_a_key_is_not_blamed_where_steam_lets_nobody_in(asked: Nights) -> None:
    asked.run()
    asked.steam.world.advance(days=1)
    with asked.steam.mood(Mood.REFUSED_FOR_MINUTES, times=10):
        asked.run()
    assert asked.source.is_partial
    assert not any("STEAM_API_KEY" in note for note in asked.source.notes)


def test_whole_lists_are_walked_through_once_a_week(asked: Nights) -> None:
    asked.run()
    asked.clock.sleep(list_apps._BETWEEN_FULL.total_seconds())
    asked.run()
    assert "if_modified_since" not in asked.steam.world.calls.of("GetAppList")[0].sent

"""Answers that tell of trouble, of nobody, or in another currency than before are taken for nothing else."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.clean.rows import CleanGame
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.fetch_items import fetch_items
from ingest.sources.steam.fetch_reviews import fetch_reviews
from ingest.sources.steam.fetching import Fetching
from ingest.sources.steam.kept.apps import note_listed
from ingest.sources.steam.kept.models import AppPage, AppState, KeptReview
from ingest.sources.steam.pages import PageKeeper, row_of
from ingest.sources.steam.read_names import known_words, read_names
from ingest.sources.steam.shapes.lists import App
from ingest.sources.steam.shapes.lists import AppPage as Listed
from steam.reply import Call
from tests.ingest.sources.steam.test_bad_days import NOW, Answer, StoppedClock, fetching

PORTAL = 620


def item(app: int, success: object = 1, **more: object) -> dict[str, Any]:
    option = {"best_purchase_option": {"final_price_in_cents": "999"}}
    return {"id": app, "success": success, "visible": True, "name": "Portal 2", **option, **more}


def listing(folder: Path, answer: Answer, *apps: int) -> Fetching:
    """Return a run that knows some apps of the list."""
    one = fetching(folder, answer)
    with one.kept.writer() as session:
        note_listed(session, [App(appid=app) for app in apps], None, NOW)
    return one


def keeper_of(one: Fetching) -> PageKeeper:
    with one.kept.writer() as session:
        return PageKeeper(known_words(session, one.settings.country), one.differences, "https://media.test")


def state(one: Fetching, app: int = PORTAL) -> AppState:
    with one.kept.writer() as session:
        return session.get_one(AppState, app)


@pytest.mark.parametrize("success", [2, 10, 16, 84, 0, -1, 2**40, "1x", None])
def test_trouble_in_place_of_an_app_says_nothing_of_the_app(tmp_path: Path, success: object) -> None:
    one = listing(tmp_path, lambda _call: {"store_items": [item(PORTAL, success)]}, PORTAL)
    fetch_items(one, keeper_of(one))
    assert (state(one).misses, state(one).checked_at) == (0, None)
    assert one.unfinished == ["Steam tells of trouble in place of some games"]


@pytest.mark.parametrize("success", [9, 15, 42])
def test_an_app_that_steam_does_not_have_is_missed(tmp_path: Path, success: int) -> None:
    one = listing(tmp_path, lambda _call: {"store_items": [item(PORTAL, success)]}, PORTAL)
    fetch_items(one, keeper_of(one))
    assert (state(one).misses, state(one).checked_at) == (1, NOW)
    assert one.unfinished == []


@dataclass
class Shop:
    """A store whose currency a test changes."""

    currency: str = "USD"

    def answer(self, call: Call) -> dict[str, Any]:
        if "GetPriceStops" in call.method:
            return {"currency_code": self.currency}
        return {"store_items": [item(PORTAL)]} if "GetItems" in call.method else {}


def night(one: Fetching) -> CleanGame:
    """Ask for the currency and for what is due, and return the game as it is kept then."""
    read_names(one)
    keeper = keeper_of(one)
    with one.kept.writer() as session:
        keeper.clean_outdated(session)
    fetch_items(one, keeper)
    return kept(one)


def kept(one: Fetching) -> CleanGame:
    with one.kept.writer() as session:
        return row_of(session.get_one(AppPage, PORTAL))


def later(one: Fetching) -> None:
    assert isinstance(one.clock, StoppedClock)
    one.clock.moment += timedelta(days=1)


def test_prices_that_came_in_another_currency_are_unknown_until_they_come_again(tmp_path: Path) -> None:
    shop = Shop()
    one = listing(tmp_path, shop.answer, PORTAL)
    assert night(one).price_cents == 999
    later(one)
    shop.currency = "EUR"
    read_names(one)
    with one.kept.writer() as session:
        keeper_of(one).clean_outdated(session)
    assert kept(one).page is not None
    assert (kept(one).price_cents, kept(one).page.currency) == (None, None)  # type: ignore[union-attr]
    game = night(one)
    assert (game.price_cents, game.page and game.page.currency) == (None, "EUR")


def test_a_currency_that_changes_back_makes_no_dollars_of_euros(tmp_path: Path) -> None:
    shop = Shop("EUR")
    one = listing(tmp_path, shop.answer, PORTAL)
    night(one)
    later(one)
    shop.currency = "USD"
    read_names(one)
    with one.kept.writer() as session:
        keeper_of(one).clean_outdated(session)
    assert kept(one).price_cents is None
    assert night(one).price_cents == 999


def test_the_same_currency_every_night_makes_nothing_due(tmp_path: Path) -> None:
    one = listing(tmp_path, Shop().answer, PORTAL)
    night(one)
    for _ in range(2):
        later(one)
        read_names(one)
        with one.kept.writer() as session:
            assert keeper_of(one).clean_outdated(session) == 0
            assert known_words(session, one.settings.country).currency_since is None


def review(number: int, steam_id: object) -> dict[str, Any]:
    return {
        "recommendationid": str(number),
        "author": {"steamid": steam_id, "playtime_forever": 5},
        "language": "english",
        "review": "Good",
        "timestamp_created": 1,
        "timestamp_updated": number,
        "voted_up": True,
    }


NOBODY = ("0", "-1", "1", "", "76561197960265728", "9" * 17, "76561198000000001x", "\uff11" * 17, 0, None)


def test_reviews_of_nobody_are_no_reviews_of_one_person(tmp_path: Path) -> None:
    found = [review(number, steam_id) for number, steam_id in enumerate((*NOBODY, "76561198000000001"), 1)]
    page = {"reviews": found, "query_summary": {"total_reviews": len(found)}}
    one = listing(tmp_path, lambda _call: page, PORTAL)
    with one.kept.writer() as session:
        known = session.get_one(AppState, PORTAL)
        known.is_game, known.ratings = True, len(found)
    fetch_reviews(one)
    with one.kept.writer() as session:
        assert [kept.id for kept in session.query(KeptReview)] == [len(found)]
    assert one.differences.counts["GetAppReviews.reviews: no author, or no id"] >= len(NOBODY)


def test_fields_that_steam_calls_as_it_likes_are_told_in_bounds() -> None:
    differences = Differences()
    for number in range(2_000):
        differences.read({f"field {number} \x1b[31m{'x' * 10_000}": 1}, Listed, "GetAppList")
    assert len(differences.counts) <= 501
    assert sum(differences.counts.values()) == 2_000
    for sentence in differences.sentences():
        assert sentence.isprintable()
        assert len(sentence) < 200


def test_alternating_cursors_end_the_walk_through_reviews(tmp_path: Path) -> None:
    cursors = iter("ab" * 50)

    def answer(_call: Call) -> dict[str, Any]:
        cursor = next(cursors)
        return {"reviews": [review(ord(cursor), "76561198000000001")], "cursor": cursor}

    one = listing(tmp_path, answer, PORTAL)
    with one.kept.writer() as session:
        known = session.get_one(AppState, PORTAL)
        known.is_game, known.ratings = True, 500
    fetch_reviews(one)
    with one.kept.writer() as session:
        assert session.query(KeptReview).count() == 2

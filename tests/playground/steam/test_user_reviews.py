"""Walks through reviews, and how they go wrong."""

from typing import Any

import pytest

from playground.steam import LocalSteam, Mood
from playground.steam.catalogue import invented
from tests.playground.steam.conftest import Asker

SPANISH = {"spanish", "latam"}
METHOD = "IUserReviewsService/GetAppReviews"


def walked(asker: Asker, appid: int, **parameters: Any) -> list[Any]:
    """All reviews of an app, until a page is empty."""
    found: list[Any] = []
    cursor = "*"
    while True:
        page = asker.reviews(appid, cursor=cursor, **parameters)
        if "reviews" not in page:
            return found
        found += page["reviews"]
        cursor = page["cursor"]


def test_a_walk_brings_every_review_once(asker: Asker) -> None:
    found = walked(asker, invented.GOAT_ORCHESTRA)
    assert len({review["recommendationid"] for review in found}) == len(found) == 600
    assert sum(review.get("voted_up", False) for review in found) == 430
    stamps = [review["timestamp_updated"] for review in found]
    assert stamps == sorted(stamps, reverse=True)


def test_totals_are_on_the_first_page_alone(asker: Asker) -> None:
    first = asker.reviews(invented.GOAT_ORCHESTRA)
    assert first["query_summary"]["total_reviews"] == 600
    second = asker.reviews(invented.GOAT_ORCHESTRA, cursor=first["cursor"])
    assert second["query_summary"] == {"num_reviews": 100}
    assert asker.reviews(invented.GOAT_ORCHESTRA, review_type=1)["query_summary"] == {"num_reviews": 100}


def test_cursor_has_to_be_encoded(asker: Asker, steam: LocalSteam) -> None:
    cursors, cursor = "", "*"
    for _ in range(6):
        cursor = asker.reviews(invented.GOAT_ORCHESTRA, cursor=cursor)["cursor"]
        cursors += cursor
    assert {"+", "/", "="} & set(cursors)


def test_an_empty_page_has_no_reviews_key(asker: Asker) -> None:
    page = asker.reviews(invented.PAPER_ARMADA)
    assert "reviews" not in page
    assert page["query_summary"]["num_reviews"] == 0


def test_english_helpful_and_thirty_days_unless_asked(asker: Asker, steam: LocalSteam) -> None:
    page = asker.ask(METHOD, appid=invented.TIDEWRIGHT)
    assert len(page["reviews"]) == 20
    assert {review["language"] for review in page["reviews"]} == {"english"}
    assert all(review["steam_purchase"] for review in page["reviews"])
    oldest = min(review["timestamp_created"] for review in page["reviews"])
    assert oldest >= steam.world.now - 31 * 86_400
    assert page["total_matching"] < asker.reviews(invented.TIDEWRIGHT)["total_matching"]


@pytest.mark.parametrize(
    ("parameters", "holds"),
    [
        ({"review_type": 1}, lambda review: review["voted_up"]),
        ({"review_type": 2}, lambda review: "voted_up" not in review),
        ({"purchase_type": 2}, lambda review: "steam_purchase" not in review),
        (
            {"languages[0]": "spanish", "languages[1]": "latam"},
            lambda r: r["language"] in ("spanish", "latam"),
        ),
        ({"primarily_steam_deck": "true"}, lambda review: review["primarily_steam_deck"]),
        ({"playtime_min_hours": 100}, lambda review: review["author"]["playtime_at_review"] >= 6000),
    ],
)
def test_parameters_narrow_the_walk(asker: Asker, parameters: dict[str, Any], holds: Any) -> None:
    found = asker.reviews(invented.TIDEWRIGHT, **parameters)["reviews"]
    assert found
    assert all(map(holds, found))


def test_a_range_of_dates(asker: Asker, steam: LocalSteam) -> None:
    end = steam.world.opened_at - 100 * 86_400
    start = end - 50 * 86_400
    found = asker.reviews(invented.TIDEWRIGHT, date_range_start=start, date_range_end=end)["reviews"]
    assert found
    assert all(start <= review["timestamp_created"] <= end for review in found)


def test_parameters_of_the_old_endpoint_are_ignored(asker: Asker, steam: LocalSteam) -> None:
    old: dict[str, Any] = {"filter": "recent", "language": "all", "purchase_type": "all", "num_per_page": 5}
    ignored = asker.ask(METHOD, appid=invented.TIDEWRIGHT, **old)
    assert ignored == asker.ask(METHOD, appid=invented.TIDEWRIGHT, num_per_page=5)
    steam.world.switches.off(Mood.OLD_PARAMETERS_IGNORED)
    assert asker.get(METHOD, appid=invented.TIDEWRIGHT, **old).status_code == 400


def test_an_unknown_app_is_empty(asker: Asker, steam: LocalSteam) -> None:
    assert asker.get(METHOD, appid=760).content == b'{"response":{}}'
    steam.world.switches.off(Mood.UNKNOWN_APP_EMPTY)
    assert asker.get(METHOD, appid=760).status_code == 404


@pytest.mark.parametrize("cursor", ["nonsense", "AoJ4AAAABVEuK6M=", "AoJ4", "-"])
def test_a_bad_cursor_is_empty(asker: Asker, steam: LocalSteam, cursor: str) -> None:
    assert asker.reviews(invented.TIDEWRIGHT, cursor=cursor) == {}
    steam.world.switches.off(Mood.BAD_CURSOR_EMPTY)
    assert asker.get(METHOD, appid=invented.TIDEWRIGHT, cursor=cursor).status_code == 400


def test_cursors_are_forgotten(asker: Asker, steam: LocalSteam) -> None:
    cursor = asker.reviews(invented.TIDEWRIGHT)["cursor"]
    with steam.mood(Mood.CURSORS_FORGOTTEN):
        assert asker.reviews(invented.TIDEWRIGHT, cursor=cursor) == {}


def test_a_walk_ends_early_and_is_right_when_asked_again(asker: Asker, steam: LocalSteam) -> None:
    cursor = asker.reviews(invented.TIDEWRIGHT)["cursor"]
    with steam.mood(Mood.REVIEWS_END_EARLY):
        early = asker.reviews(invented.TIDEWRIGHT, cursor=cursor)
        again = asker.reviews(invented.TIDEWRIGHT, cursor=cursor)
    assert "reviews" not in early
    assert early["cursor"] == cursor
    assert len(again["reviews"]) == 100


def test_a_cursor_repeats(asker: Asker, steam: LocalSteam) -> None:
    cursor = asker.reviews(invented.TIDEWRIGHT)["cursor"]
    with steam.mood(Mood.REPEATED_CURSOR):
        page = asker.reviews(invented.TIDEWRIGHT, cursor=cursor)
    assert page["cursor"] == cursor
    assert len(page["reviews"]) == 100


def test_votes_are_huge(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.HUGE_VOTES):
        votes = [review.get("votes_up", 0) for review in asker.reviews(invented.TIDEWRIGHT)["reviews"]]
    assert max(votes) > 4_000_000_000
    assert min(votes) < 100


def test_a_review_was_edited(asker: Asker, steam: LocalSteam) -> None:
    before = walked(asker, invented.MOTHLIGHT)
    with steam.mood(Mood.EDITED_REVIEW):
        after = walked(asker, invented.MOTHLIGHT)
    old = {review["recommendationid"]: review for review in before}[after[0]["recommendationid"]]
    assert after[0].get("voted_up", False) is not old.get("voted_up", False)
    assert after[0]["timestamp_created"] == old["timestamp_created"]
    assert steam.world.now - after[0]["timestamp_updated"] < 120


def test_reviews_have_unknown_fields(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.UNKNOWN_FIELD):
        assert "ranking_model" in asker.reviews(invented.TIDEWRIGHT)

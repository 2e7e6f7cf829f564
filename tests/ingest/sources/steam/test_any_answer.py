"""Whatever a field of an answer holds, the rest of the answer is used."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean.rows import CleanGame
from ingest.sources.steam.clean_item import ItemCleaner, StoreWords, expiry_of
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.shapes.items import StoreItem
from ingest.sources.steam.shapes.lists import AppPage
from ingest.sources.steam.shapes.reviews import ReviewPage
from steam.reply import Call, HostName, Reply
from steam.rules import content_of
from store.models import Offer

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
STAMP = int(NOW.timestamp())
WORDS = StoreWords({19: "Action"}, {62: "Family Sharing"}, "USD")
ITEM: dict[str, Any] = {
    "id": 620,
    "success": 1,
    "visible": True,
    "name": "Canal & Moon",
    "type": 0,
    "content_descriptorids": [2, 5],
    "tagids": [19],
    "categories": {"supported_player_categoryids": [2], "feature_categoryids": [62]},
    "reviews": {"summary_filtered": {"review_count": 10, "percent_positive": 90, "review_score": 8}},
    "basic_info": {"short_description": "Dig &amp; swim", "developers": [{"name": "Brinework"}]},
    "release": {"steam_release_date": STAMP - 10**8, "original_release_date": STAMP - 10**9},
    "platforms": {"windows": True, "steam_deck_compat_category": 3},
    "best_purchase_option": {
        "final_price_in_cents": "1199",
        "original_price_in_cents": "1999",
        "discount_pct": 40,
        "active_discounts": [{"discount_amount": "800", "discount_end_date": STAMP + 5}],
    },
    "free_weekend": {"start_time": STAMP - 1, "end_time": STAMP + 9},
    "supported_languages": [{"elanguage": 0, "supported": True, "full_audio": True}],
    "assets": {"asset_url_format": "steam/apps/620/ab/${FILENAME}?t=1", "header": "header.jpg"},
}
REVIEWS: dict[str, Any] = {
    "query_summary": {"num_reviews": 1, "total_reviews": 9},
    "reviews": [
        {
            "recommendationid": "12",
            "author": {"steamid": "1", "playtime_forever": 5},
            "language": "english",
            "review": "Good",
            "timestamp_created": STAMP,
            "voted_up": True,
        }
    ],
    "cursor": "AoJ4",
}

anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text()
    | st.sampled_from(["17+", "0", "-1", "1199", "1e9"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


def cleaned(raw: dict[str, Any]) -> CleanGame:
    differences = Differences()
    item = differences.read(copy.deepcopy(raw), StoreItem, "store_items")
    assert expiry_of(item, NOW) is None or expiry_of(item, NOW) > STAMP  # type: ignore[operator]
    row = replace(ItemCleaner(WORDS, differences, "https://media.test").clean(item, NOW), id=620)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(row), type=CleanGame) == row
    return row


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, inner in entries:
        yield (*path, name)
        yield from places(inner, (*path, name))


def spoiled(value: dict[str, Any], path: tuple[Any, ...], by: object) -> dict[str, Any]:
    result = copy.deepcopy(value)
    holder: Any = result
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = by
    return result


def test_a_sound_item_is_cleaned_whole() -> None:
    game = cleaned(ITEM)
    assert (game.title, game.developers, game.tags) == ("Canal & Moon", ("Brinework",), ("Action",))
    assert game.specs == ("Single-player", "Family Sharing")
    assert game.price_cents == 1999
    assert game.release_date is not None
    assert game.release_date.year == 1995
    page = game.page
    assert page is not None
    assert page.short_description == "Dig & swim"
    assert (page.price_now_cents, page.list_price_cents, page.discount_percent) == (1199, 1999, 40)
    assert page.offer is Offer.FREE_WEEKEND
    assert page.header_image is not None
    assert page.header_image.endswith("/steam/apps/620/ab/header.jpg?t=1")
    assert page.content_descriptors == (2, 5)


@given(st.sampled_from(sorted(places(ITEM), key=repr)), anything)
def test_an_item_with_anything_in_a_field_keeps_its_other_fields(path: tuple[Any, ...], by: object) -> None:
    game = cleaned(spoiled(ITEM, path, by))
    if path[0] != "name":
        assert game.title == "Canal & Moon"
    if path[0] not in ("tagids",):
        assert game.tags == ("Action",)
    if path[0] != "basic_info":
        assert game.developers == ("Brinework",)


@given(st.sampled_from(sorted(places(REVIEWS), key=repr)), anything)
def test_a_page_of_reviews_may_have_anything_in_a_field(path: tuple[Any, ...], by: object) -> None:
    page = Differences().read(spoiled(REVIEWS, path, by), ReviewPage, "GetAppReviews")
    if path[0] != "cursor":
        assert page.cursor == "AoJ4"


@given(anything)
def test_an_answer_may_be_anything(said: object) -> None:
    for shape in (AppPage, ReviewPage, StoreItem):
        assert isinstance(Differences().read(copy.deepcopy(said), shape, "it"), shape)


def test_an_entry_of_a_list_that_is_none_is_left_out_and_told() -> None:
    differences = Differences()
    page = differences.read({"apps": [{"appid": 1}, "two", {"appid": 3}]}, AppPage, "GetAppList")
    assert [app.appid for app in page.apps] == [1, 3]
    assert differences.counts == {"GetAppList.apps: Expected `object`, got `str`": 1}


@pytest.mark.parametrize("cut", [rb"\ud83d", rb"\udc4d", rb"\ud83d\ud83d"])
def test_half_a_character_in_a_name_spoils_no_answer(cut: bytes) -> None:
    body = b'{"response":{"name":"Canal ' + cut + b'","id":620}}'
    content = content_of(Call(HostName.API, "GetItems"), Reply(200, {}, body))
    assert content is not None
    assert content["id"] == 620
    msgspec.json.encode(content)


def test_a_field_that_changes_its_kind_in_all_entries_costs_that_field_alone() -> None:
    review = REVIEWS["reviews"][0]
    author = {**review["author"], "playtime_forever": "n/a"}
    entries = [{**review, "recommendationid": number, "author": {**author}} for number in range(1, 101)]
    page = Differences().read({**REVIEWS, "reviews": [*entries, "none"]}, ReviewPage, "GetAppReviews")
    assert [entry.recommendationid for entry in page.reviews] == list(range(1, 101))
    assert {entry.author.playtime_forever for entry in page.reviews if entry.author} == {0}
    assert page.cursor == "AoJ4"


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"NaN", b"Infinity"])
def test_a_number_that_is_none_spoils_no_answer(number: bytes) -> None:
    reply = Reply(200, {}, b'{"response":{"score":' + number + b',"id":620}}')
    assert content_of(Call(HostName.API, "GetItems"), reply) == {"score": None, "id": 620}


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_an_answer_that_is_nested_without_end_is_none(opening: bytes) -> None:
    reply = Reply(200, {}, b'{"response":' + opening * 100_000)
    assert content_of(Call(HostName.API, "GetItems"), reply) is None

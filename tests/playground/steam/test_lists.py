"""The list of apps, queries of the store, tags, categories and currencies."""

import httpx
import pytest

from playground.steam import LocalSteam, Mood
from playground.steam.catalogue import invented
from tests.playground.steam.conftest import Asker


def walked(asker: Asker, size: int, **parameters: object) -> list[list[int]]:
    """All pages of the list, by the rule that a page without `have_more_results` is the last."""
    pages, last = [], 0
    while True:
        page = asker.app_list(max_results=size, last_appid=last, **parameters)
        pages.append([app["appid"] for app in page.get("apps", [])])
        if not page.get("have_more_results"):
            return pages
        last = page["last_appid"]


def test_list_has_every_game_once_in_ascending_order(asker: Asker) -> None:
    ids = [appid for page in walked(asker, 7) for appid in page]
    assert len(ids) == 60
    assert ids == sorted(set(ids))


def test_kinds_come_only_where_they_are_asked_for(asker: Asker) -> None:
    assert invented.TIDEWRIGHT_ISLES not in asker.app_ids()
    of_dlc = asker.app_ids(include_games="false", include_dlc="true")
    assert invented.TIDEWRIGHT_ISLES in of_dlc
    assert invented.TIDEWRIGHT not in of_dlc


def test_last_page_has_no_trailing_keys(asker: Asker, steam: LocalSteam) -> None:
    assert set(asker.app_list()) == {"apps"}
    assert {"have_more_results", "last_appid"} < set(asker.app_list(max_results=10))
    steam.world.switches.off(Mood.LAST_PAGE_BARE)
    assert asker.app_list()["have_more_results"] is False


@pytest.mark.parametrize("size", [59, 60, 61])
def test_a_page_that_just_fits_is_the_last(asker: Asker, size: int) -> None:
    assert [len(page) for page in walked(asker, size)] == ([59, 1] if size == 59 else [60])


def test_first_list_is_empty_then_right(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.FIRST_LIST_EMPTY):
        assert asker.app_list() == {}
        assert len(asker.app_ids()) == 60


def test_page_comes_twice(asker: Asker, steam: LocalSteam) -> None:
    first = asker.app_list(max_results=10)
    with steam.mood(Mood.DUPLICATE_PAGE):
        assert asker.app_list(max_results=10, last_appid=first["last_appid"]) == first
        assert asker.app_ids(max_results=10, last_appid=first["last_appid"])[0] > first["last_appid"]


def test_before_the_first_page_there_is_none(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.DUPLICATE_PAGE):
        assert asker.app_list(last_appid=1) == {}


def test_page_of_a_query_comes_twice(asker: Asker, steam: LocalSteam) -> None:
    first = asker.query(0, 5)["ids"]
    with steam.mood(Mood.DUPLICATE_PAGE, method="Query"):
        assert len(asker.app_ids(last_appid=first[0]["appid"])) > 50
        assert asker.query(5, 5)["ids"] == first
        assert asker.query(5, 5)["ids"] != first


def test_only_what_changed_since_comes(asker: Asker, steam: LocalSteam) -> None:
    since = steam.world.now
    assert asker.app_list(if_modified_since=since + 10) == {}
    steam.world.advance(days=1)
    apps = asker.app_list(if_modified_since=since + 10)["apps"]
    changed = {app["appid"]: app["last_modified"] for app in apps}
    assert {invented.TIDEWRIGHT, invented.SNOWGLOBE} <= changed.keys()
    assert min(changed.values()) >= since + 10


def test_query_needs_no_key_and_pages_by_offset(asker: Asker) -> None:
    found = [
        entry["appid"]
        for start in range(0, 80, 20)
        for entry in asker.query(start, 20, type_filters={"include_games": True}).get("ids", [])
    ]
    assert found == asker.app_ids()


def test_query_says_how_many_it_found_and_leaves_out_a_zero(asker: Asker) -> None:
    assert asker.query(0, 2)["metadata"] == {"total_matching_records": 69, "count": 2}
    assert asker.query(68, 5)["metadata"] == {"total_matching_records": 69, "start": 68, "count": 1}
    assert asker.query(100, 5) == {"metadata": {"total_matching_records": 69, "start": 100}}


def test_query_gives_a_thousand_at_most() -> None:
    with LocalSteam(games=1200) as steam, httpx.Client() as client:
        assert len(Asker(steam, client).query(0, 5000)["ids"]) == 1000


@pytest.mark.parametrize(
    ("filters", "there", "not_there"),
    [
        ({"coming_soon_only": True}, invented.PAPER_ARMADA, invented.TIDEWRIGHT),
        ({"released_only": True}, invented.TIDEWRIGHT, invented.PAPER_ARMADA),
        ({"price_filters": {"only_free_items": True}}, invented.TURNIP_TYCOON, invented.TIDEWRIGHT),
        ({"price_filters": {"exclude_free_items": True}}, invented.TIDEWRIGHT, invented.TURNIP_TYCOON),
        ({"price_filters": {"min_discount_percent": 50}}, invented.GLASSHOUSE, invented.TIDEWRIGHT),
        ({"tagids_must_match": [{"tagids": [1685]}]}, invented.TIDEWRIGHT, invented.MOTHLIGHT),
        ({"tagids_exclude": [1685]}, invented.MOTHLIGHT, invented.TIDEWRIGHT),
        ({"content_descriptors_excluded": [3]}, invented.MOTHLIGHT, invented.VELVET_HOURS),
        ({"parent_appids": [invented.TIDEWRIGHT]}, invented.TIDEWRIGHT_MUSIC, invented.TIDEWRIGHT),
        ({"type_filters": {"include_demos": True}}, invented.TIDEWRIGHT_DEMO, invented.TIDEWRIGHT),
    ],
)
def test_query_filters(asker: Asker, filters: dict[str, object], there: int, not_there: int) -> None:
    found = {entry["appid"] for entry in asker.query(0, 1000, **filters)["ids"]}
    assert there in found
    assert not_there not in found


def test_query_of_discounts_follows_the_time(asker: Asker, steam: LocalSteam) -> None:
    cheap = {"price_filters": {"min_discount_percent": 10}}
    assert {"appid": invented.GOAT_ORCHESTRA} in asker.query(0, 100, **cheap)["ids"]
    steam.world.advance(days=30)
    # What the story lowered meanwhile is all that is left.
    assert asker.query(0, 100, **cheap)["ids"] == [{"appid": invented.TIDEWRIGHT}]


def test_query_brings_items_where_parts_are_asked_for(asker: Asker) -> None:
    answer = asker.input(
        "IStoreQueryService/Query",
        query={"count": 1},
        context={"country_code": "ES"},
        data_request={"include_release": True},
    ).json()["response"]
    assert answer["store_items"][0]["best_purchase_option"]["formatted_final_price"].endswith("€")


def test_tags_that_the_client_has_come_empty(asker: Asker, steam: LocalSteam) -> None:
    first = asker.ask("IStoreService/GetTagList")
    assert {"tagid": 4878, "name": "Parody "} in first["tags"]
    again = {"have_version_hash": first["version_hash"]}
    assert asker.ask("IStoreService/GetTagList", **again) == {"version_hash": first["version_hash"]}
    steam.world.switches.off(Mood.UNCHANGED_TAGS_EMPTY)
    assert asker.ask("IStoreService/GetTagList", **again) == first


def test_some_categories_have_no_name_yet(asker: Asker) -> None:
    categories = asker.ask("IStoreBrowseService/GetStoreCategories")["categories"]
    names = {category["categoryid"]: category["display_name"] for category in categories}
    assert names[62] == "Family Sharing"
    assert names[65] == "#category_hdr"


def test_price_stops_say_what_a_country_pays_in(asker: Asker) -> None:
    answer = asker.input("IStoreBrowseService/GetPriceStops", country_code="TW").json()["response"]
    assert answer["currency_code"] == "TWD"
    assert answer["price_stops"][0] == {"formatted_amount": "NT$ 23.76", "amount_in_cents": "2376"}


def test_price_stops_of_no_country_are_a_bad_parameter(asker: Asker) -> None:
    answer = asker.get("IStoreBrowseService/GetPriceStops")
    assert (answer.status_code, answer.headers["x-eresult"], answer.content) == (200, "8", b'{"response":{}}')

"""Facts of games, and what moods do to them."""

from typing import Any

import pytest

from playground.steam import LocalSteam, Mood
from playground.steam.catalogue import invented
from playground.steam.catalogue.countries import CURRENCIES
from tests.playground.steam.conftest import Asker


def is_lean(value: Any) -> bool:
    """Whether nothing in it is false, 0 or empty."""
    if isinstance(value, dict):
        return bool(value) and all(map(is_lean, value.values()))
    if isinstance(value, list):
        return bool(value) and all(entry == 0 or is_lean(entry) for entry in value)
    return bool(value)


def test_an_item_has_the_parts_that_are_asked_for(asker: Asker) -> None:
    bare = asker.item(invented.TIDEWRIGHT, include_release=True)
    assert set(bare) == {
        "id", "success", "visible", "name", "store_url_path", "appid", "categories", "release",
        "best_purchase_option",
    }  # fmt: skip
    full = asker.item(invented.TIDEWRIGHT)
    assert {"tags", "tagids", "reviews", "basic_info", "platforms", "game_rating", "purchase_options"} < set(
        full
    )
    assert {"supported_languages", "assets"} < set(full)


def test_weights_of_tags_fall_and_as_many_come_as_asked_for(asker: Asker) -> None:
    item = asker.item(invented.TIDEWRIGHT, include_tag_count=3)
    weights = [tag["weight"] for tag in item["tags"]]
    assert weights == sorted(weights, reverse=True)
    assert item["tagids"] == [tag["tagid"] for tag in item["tags"]]
    assert len(weights) == 3


def test_false_zero_and_empty_are_left_out(asker: Asker) -> None:
    ids = asker.app_ids(include_dlc="true")
    for item in asker.items(*ids):
        languages = item.pop("supported_languages")
        assert is_lean(item), item
        assert all("elanguage" in language for language in languages)
    assert "type" not in asker.item(invented.TIDEWRIGHT)
    assert asker.item(invented.TIDEWRIGHT_ISLES)["type"] == 4


def test_without_a_country_the_answer_is_empty_with_result_8(asker: Asker, steam: LocalSteam) -> None:
    ids = [{"appid": invented.TIDEWRIGHT}]
    answer = asker.input("IStoreBrowseService/GetItems", ids=ids)
    assert (answer.status_code, answer.headers["x-eresult"], answer.json()) == (200, "8", {"response": {}})
    steam.world.switches.off(Mood.COUNTRY_NEEDED)
    assert asker.input("IStoreBrowseService/GetItems", ids=ids).headers["x-eresult"] == "1"


def test_an_unknown_item_has_success_15_and_only_its_id(asker: Asker, steam: LocalSteam) -> None:
    known, unknown = asker.items(invented.TIDEWRIGHT, 760)
    assert known["success"] == 1
    assert unknown == {
        "id": 760, "success": 15, "visible": False, "name": "", "appid": 0, "store_url_path": "app/0/",
    }  # fmt: skip
    steam.world.switches.off(Mood.UNKNOWN_ITEM_15)
    assert [item["id"] for item in asker.items(invented.TIDEWRIGHT, 760)] == [invented.TIDEWRIGHT]


def test_a_package_is_not_found(asker: Asker) -> None:
    answer = asker.input(
        "IStoreBrowseService/GetItems", ids=[{"packageid": 5}], context={"country_code": "US"}
    )
    assert answer.json()["response"]["store_items"][0]["success"] == 15


def test_items_are_missing(asker: Asker, steam: LocalSteam) -> None:
    ids = asker.app_ids()
    with steam.mood(Mood.ITEM_MISSING):
        found = [item["id"] for item in asker.items(*ids)]
    assert 0 < len(ids) - len(found) < 15
    assert set(found) < set(ids)


def test_items_are_shuffled(asker: Asker, steam: LocalSteam) -> None:
    ids = asker.app_ids()
    with steam.mood(Mood.ITEMS_SHUFFLED):
        found = [item["id"] for item in asker.items(*ids)]
    assert found != ids
    assert sorted(found) == ids


def test_all_items_are_gone(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.ITEMS_GONE):
        assert {item["success"] for item in asker.items(*asker.app_ids())} == {15}


def test_whole_parts_are_left_out(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.FIELDS_LEFT_OUT):
        items = asker.items(*asker.app_ids())
    bare = [item for item in items if "release" not in item]
    assert 0 < len(bare) < len(items)
    assert all("tags" not in item and "developers" not in item["basic_info"] for item in bare)


def test_cents_are_text(asker: Asker, steam: LocalSteam) -> None:
    option = asker.item(invented.GOAT_ORCHESTRA)["best_purchase_option"]
    assert (option["final_price_in_cents"], option["original_price_in_cents"]) == ("499", "999")
    assert option["discount_pct"] == 50
    steam.world.switches.off(Mood.CENTS_AS_TEXT)
    assert asker.item(invented.GOAT_ORCHESTRA)["best_purchase_option"]["final_price_in_cents"] == 499


@pytest.mark.parametrize("country", CURRENCIES)
def test_prices_follow_the_country(asker: Asker, country: str) -> None:
    option = asker.item(invented.TIDEWRIGHT, country=country)["best_purchase_option"]
    currency = CURRENCIES[country]
    assert option["final_price_in_cents"] == str(currency.amount(2499))
    assert option["formatted_final_price"] == currency.written(currency.amount(2499))


def test_what_is_coming_soon_loses_its_date(asker: Asker, steam: LocalSteam) -> None:
    assert asker.item(invented.PAPER_ARMADA)["release"] == {
        "is_coming_soon": True,
        "coming_soon_display": "text_comingsoon",
        "custom_release_date_message": "When it is folded",
    }
    assert "steam_release_date" in asker.item(invented.SNOWGLOBE)["release"]
    with steam.mood(Mood.COMING_SOON_UNDATED):
        assert "steam_release_date" not in asker.item(invented.SNOWGLOBE)["release"]


def test_a_free_game_has_no_purchase_option(asker: Asker, steam: LocalSteam) -> None:
    free = asker.item(invented.TURNIP_TYCOON)
    assert free["is_free"] is True
    assert "best_purchase_option" not in free
    assert "purchase_options" not in free
    steam.world.switches.off(Mood.FREE_WITHOUT_OPTIONS)
    assert asker.item(invented.TURNIP_TYCOON)["best_purchase_option"]["final_price_in_cents"] == "0"


def test_a_game_is_sold_nowhere(asker: Asker, steam: LocalSteam) -> None:
    unsold = asker.item(invented.THE_LONG_COMMUTE)
    assert unsold["visible"] is True
    assert "is_free" not in unsold
    assert "best_purchase_option" not in unsold
    ids = asker.app_ids()
    with steam.mood(Mood.SOLD_NOWHERE):
        sold = sum("best_purchase_option" in item for item in asker.items(*ids))
    assert 0 < sold < sum("best_purchase_option" in item for item in asker.items(*ids))


def test_discounts_end_within_the_hour(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.DISCOUNT_ENDING):
        option = asker.item(invented.GOAT_ORCHESTRA)["best_purchase_option"]
    assert 0 < option["active_discounts"][0]["discount_end_date"] - steam.world.now < 3600


def test_a_discount_ends_by_itself_and_counts_as_a_change(asker: Asker, steam: LocalSteam) -> None:
    before = steam.world.catalogue.find(invented.GOAT_ORCHESTRA)
    steam.world.advance(days=2.1)
    option = asker.item(invented.GOAT_ORCHESTRA)["best_purchase_option"]
    assert option["final_price_in_cents"] == "999"
    assert "discount_pct" not in option
    after = steam.world.catalogue.find(invented.GOAT_ORCHESTRA)
    assert before is not None
    assert after is not None
    assert after.last_modified > before.last_modified
    assert after.price_change_number == before.price_change_number + 1


def test_free_to_keep_and_free_weekend_are_told_apart(asker: Asker) -> None:
    keep, weekend = asker.items(invented.NEON_PASTA, invented.GLASSHOUSE)
    assert keep["best_purchase_option"]["is_free_to_keep"] is True
    assert keep["best_purchase_option"]["final_price_in_cents"] == "0"
    assert "is_free_temporarily" not in keep
    assert weekend["is_free_temporarily"] is True
    assert weekend["free_weekend"]["start_time"] < weekend["free_weekend"]["end_time"]
    assert "is_free_to_keep" not in weekend["best_purchase_option"]


def test_adult_games_come_uncensored(asker: Asker) -> None:
    assert asker.item(invented.VELVET_HOURS)["content_descriptorids"] == [1, 3, 4, 5]


def test_descriptions_have_entities_and_names_have_blanks(asker: Asker) -> None:
    assert "&amp;" in asker.item(invented.TIDEWRIGHT)["basic_info"]["short_description"]
    assert asker.item(invented.OLD_HARBOUR)["name"] == "Old Harbour "


def test_unknown_fields_come(asker: Asker, steam: LocalSteam) -> None:
    known = set(asker.item(invented.TIDEWRIGHT))
    with steam.mood(Mood.UNKNOWN_FIELD):
        answer = asker.input(
            "IStoreBrowseService/GetItems",
            ids=[{"appid": invented.TIDEWRIGHT}],
            context={"country_code": "US"},
        ).json()["response"]
    assert "next_generation_hint" in answer
    assert set(answer["store_items"][0]) - known == {"holographic_support", "sort_hint"}


def test_unknown_numbers_come(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.UNKNOWN_ENUM):
        strange = [item for item in asker.items(*asker.app_ids()) if item.get("type") == 99]
    assert strange
    assert all(77 in item["content_descriptorids"] for item in strange)
    assert all(item["platforms"]["steam_deck_compat_category"] == 9 for item in strange)


def test_pictures_lie_where_the_item_says(asker: Asker, steam: LocalSteam) -> None:
    for appid in (invented.TIDEWRIGHT, invented.GOAT_ORCHESTRA):
        assets = asker.item(appid)["assets"]
        path = assets["asset_url_format"].replace("${FILENAME}", assets["header"])
        picture = asker.client.get(f"{steam.media}/store_item_assets/{path}")
        assert picture.headers["content-type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")
    guess = f"{steam.media}/store_item_assets/steam/apps/{invented.TIDEWRIGHT}/header.png"
    assert asker.client.get(guess).status_code == 404

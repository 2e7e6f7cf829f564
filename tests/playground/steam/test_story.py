"""What happens in the store from night to night."""

import pytest

from playground.steam import LocalSteam, Step
from playground.steam.catalogue import invented
from tests.playground.steam.conftest import Asker


def numbers(asker: Asker) -> dict[int, tuple[int, int]]:
    """When each app of the list was modified, and the number of its price."""
    apps = asker.app_list()["apps"]
    return {app["appid"]: (app["last_modified"], app["price_change_number"]) for app in apps}


def test_three_nights(steam: LocalSteam) -> None:
    assert steam.world.advance(days=1) == [Step.RELEASE, Step.PRICE_DROP]
    assert steam.world.advance(days=1) == [Step.REVIEW_EDITED, Step.WITHDRAWAL]
    assert steam.world.advance(days=1) == [Step.FREE_WEEKEND, Step.NEW_GAME]
    assert steam.world.story == list(Step)
    assert steam.world.advance(days=5) == []


def test_nights_that_were_missed_are_made_up(steam: LocalSteam) -> None:
    assert steam.world.advance(days=3) == list(Step)


def test_a_step_can_come_early_and_comes_once(steam: LocalSteam) -> None:
    steam.world.play(Step.NEW_GAME)
    assert Step.NEW_GAME not in steam.world.advance(days=3)


def test_a_game_is_released(asker: Asker, steam: LocalSteam) -> None:
    before = numbers(asker)
    steam.world.play(Step.RELEASE)
    item = asker.item(invented.SNOWGLOBE)
    assert "is_coming_soon" not in item
    assert item["best_purchase_option"]["final_price_in_cents"] == "1499"
    assert len(asker.reviews(invented.SNOWGLOBE)["reviews"]) == 13
    after = numbers(asker)
    assert after[invented.SNOWGLOBE] > before.pop(invented.SNOWGLOBE)
    assert before.items() <= after.items()


def test_a_price_drops(asker: Asker, steam: LocalSteam) -> None:
    modified, price_number = numbers(asker)[invented.TIDEWRIGHT]
    steam.world.play(Step.PRICE_DROP)
    option = asker.item(invented.TIDEWRIGHT)["best_purchase_option"]
    assert (option["final_price_in_cents"], option["discount_pct"]) == ("1499", 40)
    after = numbers(asker)[invented.TIDEWRIGHT]
    assert after[0] > modified
    assert after[1] == price_number + 1


def test_a_review_is_edited(asker: Asker, steam: LocalSteam) -> None:
    oldest = asker.reviews(invented.MOTHLIGHT)["reviews"][-1]
    steam.world.advance(days=2)
    newest = asker.reviews(invented.MOTHLIGHT)["reviews"][0]
    assert newest["recommendationid"] == oldest["recommendationid"]
    assert newest["review"] != oldest["review"]
    assert newest.get("voted_up", False) is not oldest.get("voted_up", False)


def test_a_game_is_withdrawn(asker: Asker, steam: LocalSteam) -> None:
    steam.world.play(Step.WITHDRAWAL)
    assert invented.THE_LONG_COMMUTE not in asker.app_ids()
    assert asker.item(invented.THE_LONG_COMMUTE)["success"] == 15
    assert asker.page(invented.THE_LONG_COMMUTE).json()[str(invented.THE_LONG_COMMUTE)] == {"success": False}


def test_a_weekend_is_free_and_ends(asker: Asker, steam: LocalSteam) -> None:
    steam.world.play(Step.FREE_WEEKEND)
    assert asker.item(invented.TIDEWRIGHT)["is_free_temporarily"] is True
    modified = numbers(asker)[invented.TIDEWRIGHT][0]
    steam.world.advance(seconds=3 * 86_400 + 1)
    assert "free_weekend" not in asker.item(invented.TIDEWRIGHT)
    assert numbers(asker)[invented.TIDEWRIGHT][0] > modified


def test_a_game_appears(asker: Asker, steam: LocalSteam) -> None:
    assert invented.LANTERN_POST not in asker.app_ids()
    steam.world.play(Step.NEW_GAME)
    assert asker.app_ids()[-1] == invented.LANTERN_POST
    assert "steam_release_date" not in asker.item(invented.LANTERN_POST)["release"]


@pytest.mark.parametrize("step", Step)
def test_every_step_has_a_name(step: Step) -> None:
    assert Step.named(step.word) is step

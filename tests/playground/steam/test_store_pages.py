"""The store's pages of apps."""

from playground.steam import LocalSteam, Mood
from playground.steam.catalogue import invented
from tests.playground.steam.conftest import Asker


def test_a_page_has_what_items_lack(asker: Asker) -> None:
    data = asker.page(invented.TIDEWRIGHT).json()[str(invented.TIDEWRIGHT)]["data"]
    assert data["genres"] == [
        {"id": "23", "description": "Indie"},
        {"id": "28", "description": "Simulation"},
    ]
    assert data["metacritic"]["score"] == 88
    assert data["achievements"]["total"] == 42


def test_types_are_odd(asker: Asker) -> None:
    ages, requirements = set(), set()
    for appid in asker.app_ids():
        data = asker.page(appid).json()[str(appid)]["data"]
        ages.add(data["required_age"])
        requirements.add(type(data["pc_requirements"]))
    assert {0, "17+", "18"} <= ages
    assert requirements == {list, dict}


def test_an_unknown_app_is_no_success(asker: Asker) -> None:
    answer = asker.page(1)
    assert (answer.status_code, answer.json()) == (200, {"1": {"success": False}})


def test_several_apps_at_once_give_prices_alone(asker: Asker, steam: LocalSteam) -> None:
    both = (invented.TIDEWRIGHT, invented.TURNIP_TYCOON)
    assert asker.page(*both).status_code == 400
    prices = asker.page(*both, filters="price_overview", cc="ES").json()
    assert prices[str(invented.TIDEWRIGHT)]["data"]["price_overview"]["currency"] == "EUR"
    assert prices[str(invented.TURNIP_TYCOON)] == {"success": True, "data": []}
    steam.world.switches.off(Mood.PAGE_OF_ONE_APP)
    assert len(asker.page(*both).json()) == 2


def test_no_price_for_free_and_for_unsold(asker: Asker) -> None:
    for appid in (invented.TURNIP_TYCOON, invented.THE_LONG_COMMUTE):
        assert "price_overview" not in asker.page(appid).json()[str(appid)]["data"]


def test_dates_are_in_the_language(asker: Asker) -> None:
    key = str(invented.PAPER_ARMADA)
    assert asker.page(invented.PAPER_ARMADA).json()[key]["data"]["release_date"] == {
        "coming_soon": True,
        "date": "When it is folded",
    }
    english = asker.page(invented.TIDEWRIGHT).text
    assert english != asker.page(invented.TIDEWRIGHT, l="spanish").text


def test_a_child_answers_with_its_parent(asker: Asker, steam: LocalSteam) -> None:
    key = str(invented.TIDEWRIGHT_ISLES)
    assert asker.page(invented.TIDEWRIGHT_ISLES).json()[key]["data"]["fullgame"]["name"] == "Tidewright"
    with steam.mood(Mood.PAGE_OF_PARENT):
        data = asker.page(invented.TIDEWRIGHT_ISLES).json()[key]["data"]
    assert data["steam_appid"] == invented.TIDEWRIGHT


def test_past_the_limit_null_and_then_403_until_the_window_ends(asker: Asker, steam: LocalSteam) -> None:
    steam.world.page_limit.most = 3
    answers = [asker.page(invented.TIDEWRIGHT) for _ in range(30)]
    assert [answer.status_code for answer in answers[:5]] == [200, 200, 200, 429, 429]
    assert answers[3].content == b"null"
    assert answers[-1].status_code == 403
    steam.world.advance(seconds=301)
    assert asker.page(invented.TIDEWRIGHT).status_code == 200


def test_the_limit_is_two_hundred_in_five_minutes(asker: Asker) -> None:
    statuses = [asker.page(1).status_code for _ in range(201)]
    assert statuses == [200] * 200 + [429]

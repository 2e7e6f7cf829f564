"""What any call can meet: keys, limits, verbs, and a bad network."""

import json
from typing import Any

import httpx
import pytest

from playground.steam import LocalSteam, Mood
from playground.steam.catalogue import invented
from playground.steam.people import ANA
from tests.playground.steam.conftest import Asker

pytestmark = pytest.mark.slow

LIST = "IStoreService/GetAppList"
TAGS = "IStoreService/GetTagList"
KEYED = [
    (LIST, 1, {}),
    ("IPlayerService/GetOwnedGames", 1, {"steamid": ANA}),
    ("IPlayerService/GetRecentlyPlayedGames", 1, {"steamid": ANA}),
    ("ISteamUser/ResolveVanityURL", 1, {"vanityurl": "ana-plays"}),
    ("ISteamUser/GetPlayerSummaries", 2, {"steamids": ANA}),
]


def is_html(answer: httpx.Response) -> bool:
    """Whether an answer is a page for people."""
    return answer.headers["content-type"].startswith("text/html") and "<html>" in answer.text


@pytest.mark.parametrize(("method", "version", "parameters"), KEYED)
def test_methods_with_a_key_refuse_as_html(
    asker: Asker, method: str, version: int, parameters: dict[str, Any]
) -> None:
    missing = asker.get(method, version=version, **parameters)
    wrong = asker.get(method, version=version, key="F" * 32, **parameters)
    assert (missing.status_code, wrong.status_code) == (403, 401)
    assert is_html(missing)
    assert is_html(wrong)
    assert asker.get(method, version=version, keyed=True, **parameters).status_code == 200


def test_the_key_may_be_a_parameter(asker: Asker, steam: LocalSteam) -> None:
    assert asker.get(LIST, key=steam.key).status_code == 200


def test_a_revoked_key_is_a_wrong_one(asker: Asker, steam: LocalSteam) -> None:
    steam.world.keys.clear()
    assert asker.get(LIST, keyed=True).status_code == 401


def test_without_its_mood_no_key_is_needed(asker: Asker, steam: LocalSteam) -> None:
    steam.world.switches.off(Mood.KEY_MISSING)
    assert asker.get(LIST).status_code == 200


def test_methods_without_a_key_are_silent_to_a_wrong_one(asker: Asker, steam: LocalSteam) -> None:
    answer = asker.get(TAGS, key="F" * 32)
    assert (answer.status_code, answer.content) == (200, b'{"response":{}}')
    steam.world.switches.off(Mood.WRONG_KEY_SILENT)
    assert "tags" in asker.ask(TAGS, key="F" * 32)


def test_a_key_has_so_many_calls_a_day() -> None:
    with LocalSteam(games=50, calls_a_day=2) as steam, httpx.Client() as client:
        asker = Asker(steam, client)
        assert [asker.get(LIST, keyed=True).status_code for _ in range(3)] == [200, 200, 429]
        assert asker.get(TAGS).status_code == 200
        steam.world.advance(days=1)
        assert asker.get(LIST, keyed=True).status_code == 200


def test_a_post_is_refused(asker: Asker, steam: LocalSteam) -> None:
    address = f"{steam.api}/{TAGS}/v1/"
    assert asker.client.post(address).status_code == 405
    assert asker.client.delete(address).status_code == 405
    steam.world.switches.off(Mood.POST_REFUSED)
    assert asker.client.post(address).status_code == 200
    assert asker.client.delete(address).status_code == 405


@pytest.mark.parametrize(("length", "status"), [(8000, 200), (8300, 400), (60_000, 400)])
def test_a_long_address_is_refused_as_html(asker: Asker, length: int, status: int) -> None:
    answer = asker.get(TAGS, filler="a" * length)
    assert answer.status_code == status
    assert status == 200 or is_html(answer)


def test_without_its_mood_an_address_may_be_long(asker: Asker, steam: LocalSteam) -> None:
    steam.world.switches.off(Mood.LONG_URL_REFUSED)
    assert asker.get(TAGS, filler="a" * 20_000).status_code == 200


def test_every_service_says_how_it_went(asker: Asker) -> None:
    for method in (TAGS, "IStoreBrowseService/GetStoreCategories", "IStoreQueryService/Query"):
        assert asker.get(method).headers["x-eresult"] == "1"


@pytest.mark.parametrize("text", ["", "{", "[]", "7"])
def test_an_input_that_is_no_object_is_refused(asker: Asker, text: str) -> None:
    assert asker.get(TAGS, input_json=text).status_code == 400


@pytest.mark.parametrize("path", ["ISteamApps/GetAppList/v2/", "IStoreService/GetAppList/v9/", ""])
def test_what_is_not_there_is_not_found(asker: Asker, steam: LocalSteam, path: str) -> None:
    answer = asker.client.get(f"{steam.api}/{path}")
    assert answer.status_code == 404
    assert is_html(answer)


@pytest.mark.parametrize(
    ("mood", "status", "body"),
    [
        (Mood.TOO_MANY, 429, b"<html>"),
        (Mood.TOO_MANY_RETRY_AFTER, 429, b"<html>"),
        (Mood.TOO_MANY_NULL, 429, b"null"),
        (Mood.TOO_MANY_ANSWERED, 429, b'{"response":{"version_hash"'),
        (Mood.SERVER_ERROR, 500, b"<html>"),
        (Mood.UNAVAILABLE, 503, b"<html>"),
        (Mood.EMPTY_RESULT_BUSY, 200, b'{"response":{}}'),
    ],
)
def test_a_call_fails_and_is_right_when_asked_again(
    asker: Asker, steam: LocalSteam, mood: Mood, status: int, body: bytes
) -> None:
    with steam.mood(mood):
        failed, again = asker.get(TAGS), asker.get(TAGS)
    assert failed.status_code == status
    assert failed.content.startswith(body)
    assert ("retry-after" in failed.headers) is (mood is Mood.TOO_MANY_RETRY_AFTER)
    assert failed.headers.get("x-eresult", "1") == ("10" if mood is Mood.EMPTY_RESULT_BUSY else "1")
    assert (again.status_code, again.headers["x-eresult"]) == (200, "1")
    assert "tags" in again.json()["response"]


def test_a_mood_of_one_method_spares_the_others(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.TOO_MANY, method="GetItems", times=2):
        assert asker.get(TAGS).status_code == 200
        statuses = [
            asker.input("IStoreBrowseService/GetItems", context={"country_code": "US"}).status_code
            for _ in range(3)
        ]
    assert statuses == [429, 429, 200]


def test_a_refusal_of_one_method_ends_in_time_whatever_else_is_asked(asker: Asker, steam: LocalSteam) -> None:
    steam.world.switches.on(Mood.REFUSED_FOR_MINUTES, method="appdetails")
    assert asker.page(invented.TIDEWRIGHT).status_code == 403
    steam.world.advance(seconds=200)
    assert asker.get(TAGS).status_code == 200
    assert asker.page(invented.TIDEWRIGHT).status_code == 403
    steam.world.advance(seconds=101)
    assert asker.page(invented.TIDEWRIGHT).status_code == 200


def test_trouble_does_not_hide_a_refusal(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.EMPTY_RESULT_BUSY):
        assert asker.get(LIST).status_code == 403
        assert asker.get(LIST, keyed=True).headers["x-eresult"] == "10"


def test_calls_are_refused_for_five_minutes(asker: Asker, steam: LocalSteam) -> None:
    steam.world.switches.on(Mood.REFUSED_FOR_MINUTES)
    assert asker.get(TAGS).status_code == 403
    steam.world.advance(seconds=200)
    assert asker.get(TAGS).status_code == 403
    steam.world.advance(seconds=101)
    assert asker.get(TAGS).status_code == 200
    steam.world.switches.on(Mood.REFUSED_FOR_MINUTES)
    assert asker.get(TAGS).status_code == 403


def test_a_body_is_cut_off(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.CUT_OFF_BODY):
        with pytest.raises(httpx.RemoteProtocolError):
            asker.get(TAGS)
        assert asker.get(TAGS).status_code == 200


def test_a_body_comes_late(asker: Asker, steam: LocalSteam) -> None:
    whole = asker.get(TAGS).content
    steam.world.slow_seconds = 0.3
    with steam.mood(Mood.SLOW_BODY), pytest.raises(httpx.ReadTimeout):
        asker.client.get(f"{steam.api}/{TAGS}/v1/", timeout=httpx.Timeout(5, read=0.05))
    with steam.mood(Mood.SLOW_BODY):
        assert asker.get(TAGS).content == whole


def test_moods_touch_the_store_and_the_community_too(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.SERVER_ERROR, method="appdetails"):
        assert asker.page(invented.TIDEWRIGHT).status_code == 500


def test_a_mood_of_one_method_spares_the_answers_of_others(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.UNKNOWN_FIELD, method="GetAppReviews"):
        assert "holographic_support" not in asker.item(invented.TIDEWRIGHT)
        assert "ranking_model" in asker.reviews(invented.TIDEWRIGHT)


def test_the_older_interfaces_take_flat_parameters_alone(asker: Asker) -> None:
    asked = json.dumps({"appid": invented.TIDEWRIGHT})
    assert asker.get("ISteamUserStats/GetNumberOfCurrentPlayers", input_json=asked).status_code == 404
    assert "reviews" in asker.ask("IUserReviewsService/GetAppReviews", input_json=asked)


def test_a_steam_that_stops_is_not_there_and_comes_back_as_it_was(steam: LocalSteam) -> None:
    addresses = steam.addresses()
    steam.world.advance(days=1)
    steam.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(addresses["api"])
    steam.start()
    assert steam.addresses() == addresses
    assert httpx.get(addresses["api"]).status_code == 404
    assert len(steam.world.story) == 2


def test_a_call_that_is_no_json_is_recorded_as_it_came(asker: Asker, steam: LocalSteam) -> None:
    asker.get(TAGS, input_json="{")
    (call,) = steam.world.calls.of()
    assert (call.status, call.parameters) == (400, {"input_json": "{"})


def test_calls_are_recorded_without_the_key(asker: Asker, steam: LocalSteam) -> None:
    asker.get(LIST, key=steam.key, max_results=5)
    asker.items(invented.TIDEWRIGHT, country="ES")
    asker.get("IStoreBrowseService/GetItems")
    first, second, third = steam.world.calls.of()
    assert (first.method, first.status, first.keyed, first.parameters) == (
        LIST, 200, "parameter", {"max_results": "5"},
    )  # fmt: skip
    assert steam.key not in repr(first)
    assert (second.host, second.verb, second.eresult, second.keyed) == ("api", "GET", 1, "")
    assert second.parameters["ids"] == [{"appid": invented.TIDEWRIGHT}]
    assert second.user_agent.startswith("python-httpx")
    assert third.eresult == 8
    assert steam.world.calls.of("GetItems") == [second, third]
    steam.world.calls.forget()
    assert steam.world.calls.of() == []

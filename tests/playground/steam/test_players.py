"""Libraries, wishlists and profiles, open and closed."""

from dataclasses import replace
from typing import Any

import pytest

from playground.steam import LocalSteam, Mood
from playground.steam.catalogue import invented
from playground.steam.people import ANA, BRUNO, CHLOE, DMITRI, EMEKA, FIRST_STEAMID
from tests.playground.steam.conftest import Asker

EMPTY = b'{"response":{}}'


def library(asker: Asker, steamid: int, **parameters: Any) -> Any:
    """What is answered for a library, with all that can be asked for."""
    everything = {
        "include_appinfo": "true",
        "include_played_free_games": "true",
        "skip_unvetted_apps": "false",
    }
    return asker.ask("IPlayerService/GetOwnedGames", keyed=True, steamid=steamid, **everything | parameters)


def wishlist(asker: Asker, steamid: object) -> Any:
    """The answer for a wishlist."""
    return asker.get("IWishlistService/GetWishlist", steamid=steamid)


def owned(answer: Any) -> list[int]:
    """The ids of a library."""
    return [game["appid"] for game in answer["games"]]


def test_an_open_library(asker: Asker) -> None:
    answer = library(asker, ANA)
    assert answer["game_count"] == len(answer["games"]) == 4
    first = answer["games"][0]
    assert (first["name"], first["playtime_forever"], first["playtime_2weeks"]) == ("Tidewright", 4210, 340)
    assert "playtime_2weeks" not in answer["games"][1]


def test_unvetted_games_are_left_out_unless_asked_for(asker: Asker, steam: LocalSteam) -> None:
    assert invented.MOTHLIGHT in owned(library(asker, ANA))
    asked = {"steamid": ANA, "include_played_free_games": 1}
    default = asker.ask("IPlayerService/GetOwnedGames", keyed=True, **asked)
    assert invented.MOTHLIGHT not in owned(default)
    assert default["game_count"] == 3
    steam.world.switches.off(Mood.UNVETTED_LEFT_OUT)
    assert invented.MOTHLIGHT in owned(asker.ask("IPlayerService/GetOwnedGames", keyed=True, **asked))


def test_free_games_come_only_where_asked_for(asker: Asker) -> None:
    assert invented.TURNIP_TYCOON not in owned(library(asker, ANA, include_played_free_games="false"))


def test_a_library_of_some_games(asker: Asker) -> None:
    few = {"appids_filter[0]": invented.TIDEWRIGHT, "appids_filter[1]": 760}
    assert owned(library(asker, ANA, **few)) == [invented.TIDEWRIGHT]


@pytest.mark.parametrize("steamid", [BRUNO, CHLOE, FIRST_STEAMID + 77])
def test_a_closed_library_is_fifteen_bytes(asker: Asker, steamid: int) -> None:
    answer = asker.get("IPlayerService/GetOwnedGames", keyed=True, steamid=steamid)
    assert (answer.status_code, answer.content) == (200, EMPTY)
    assert asker.ask("IPlayerService/GetRecentlyPlayedGames", keyed=True, steamid=steamid) == {}


def test_an_open_library_without_games_says_so(asker: Asker) -> None:
    assert library(asker, EMEKA) == {"game_count": 0}


def test_hidden_hours_are_zeros(asker: Asker) -> None:
    games = library(asker, DMITRI)["games"]
    assert {game["playtime_forever"] for game in games} == {0}
    assert not any("playtime_2weeks" in game for game in games)


def test_every_library_closes(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.LIBRARY_CLOSED):
        assert library(asker, ANA) == {}


def test_every_library_is_empty(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.LIBRARY_EMPTY):
        assert library(asker, ANA) == {"game_count": 0}


def test_all_hours_are_hidden(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.HOURS_HIDDEN):
        assert {game["playtime_forever"] for game in library(asker, ANA)["games"]} == {0}


def test_a_library_fails_to_come_and_is_right_when_asked_again(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.LIBRARY_GLITCH):
        assert library(asker, ANA) == {}
        assert library(asker, ANA)["game_count"] == 4


def test_last_played_is_withheld(asker: Asker, steam: LocalSteam) -> None:
    assert [game["rtime_last_played"] == 0 for game in library(asker, ANA)["games"]] == [
        False,
        False,
        False,
        True,
    ]
    with steam.mood(Mood.LAST_PLAYED_WITHHELD):
        assert not any("rtime_last_played" in game for game in library(asker, ANA)["games"])


def test_lately_played_has_games_of_others(asker: Asker) -> None:
    answer = asker.ask("IPlayerService/GetRecentlyPlayedGames", keyed=True, steamid=ANA)
    assert answer["total_count"] == 2
    assert invented.GLASSHOUSE in owned(answer)
    assert invented.GLASSHOUSE not in owned(library(asker, ANA))


@pytest.mark.parametrize("steamid", ["12", "abc", "", "99999999999999999999"])
def test_what_is_no_account_is_a_bad_request(asker: Asker, steamid: str) -> None:
    assert wishlist(asker, steamid).status_code == 400
    assert asker.get("IPlayerService/GetOwnedGames", keyed=True, steamid=steamid).status_code == 400


def test_wishlist_open_closed_and_empty(asker: Asker) -> None:
    open_one, closed, empty = (wishlist(asker, steamid) for steamid in (ANA, BRUNO, EMEKA))
    assert open_one.json()["response"]["items"][2]["priority"] == 0
    assert (closed.headers["x-eresult"], closed.content) == ("15", EMPTY)
    assert (empty.headers["x-eresult"], empty.content) == ("1", EMPTY)
    assert asker.ask("IWishlistService/GetWishlistItemCount", steamid=ANA) == {"count": 3}


def test_every_wishlist_closes(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.WISHLIST_CLOSED):
        answer = wishlist(asker, ANA)
    assert (answer.status_code, answer.headers["x-eresult"], answer.content) == (200, "15", EMPTY)


def test_vanity_names(asker: Asker, steam: LocalSteam) -> None:
    assert asker.ask("ISteamUser/ResolveVanityURL", keyed=True, vanityurl="Ana-Plays") == {
        "success": 1,
        "steamid": str(ANA),
    }
    unknown = asker.get("ISteamUser/ResolveVanityURL", keyed=True, vanityurl="nobody")
    assert (unknown.status_code, unknown.json()["response"]["success"]) == (200, 42)
    steam.world.switches.off(Mood.VANITY_42)
    assert asker.get("ISteamUser/ResolveVanityURL", keyed=True, vanityurl="nobody").status_code == 404


def test_profiles_say_what_is_closed_and_miss_the_unknown(asker: Asker) -> None:
    asked = f"{ANA},{BRUNO},{CHLOE},76561197960265999"
    players = asker.ask("ISteamUser/GetPlayerSummaries", version=2, keyed=True, steamids=asked)["players"]
    states = {int(player["steamid"]): player["communityvisibilitystate"] for player in players}
    assert states == {ANA: 3, BRUNO: 1, CHLOE: 3}
    picture = asker.client.get(players[0]["avatarfull"])
    assert picture.headers["content-type"] == "image/png"


def test_an_account_can_be_changed(asker: Asker, steam: LocalSteam) -> None:
    ana = steam.world.person(ANA)
    assert ana is not None
    steam.world.put(replace(ana, games_open=False))
    assert library(asker, ANA) == {}


def test_players_of_an_unreleased_game_are_not_found(asker: Asker, steam: LocalSteam) -> None:
    method = "ISteamUserStats/GetNumberOfCurrentPlayers"
    assert asker.ask(method, appid=invented.TIDEWRIGHT)["player_count"] > 0
    for appid in (invented.PAPER_ARMADA, 760):
        answer = asker.get(method, appid=appid)
        assert (answer.status_code, answer.json()) == (404, {"response": {"result": 42}})
    steam.world.switches.off(Mood.PLAYERS_404)
    assert asker.get(method, appid=760).status_code == 200

"""The pages of games whose addresses a text has, in whatever a message or another site puts around them."""

import pytest

from store.names import app_ids_in

STORE = "https://store.steampowered.com/app/620"


@pytest.mark.parametrize(
    "text",
    [
        *(f"{sign}{STORE}/Portal_2/{sign}" for sign in ("**", "__", "_", "~~", "||", "`", '"', "'")),
        f"look:{STORE}",
        f"({STORE}), and more",
        f"{STORE}’s trailer",
        f"{STORE}|",
        "https://store.steampowered.com:443/app/620",
        "https://store.steampowered.com//app//620/",
        "https://store.steampowered.com/video/620",
        "https://store.steampowered.com/agecheck/app/620/?l=spanish#reviews",
        "https://store.steampowered.com/login/?redir=app%2F620%2FPortal_2",
        "https://steamcommunity.com/linkfilter/?u=https%3A%2F%2Fstore.steampowered.com%2Fapp%2F620",
        "https://example.com/?to=https://store.steampowered.com/app/620",
        "steam://url/StoreAppPage/620",
        "steam://advertise/620",
        "steam://preload/620",
        "steam://validate/620",
        "steam://openurl_external/https://store.steampowered.com/app/620",
    ],
)
def test_an_address_is_found_in_what_is_around_it(text: str) -> None:
    assert app_ids_in(text) == (620,)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/store.steampowered.com/app/620",
        "https://store.steampowered.com.example.com/app/620",
        "https://notsteampowered.com/app/620",
        "me@steampowered.com/app/620",
        "https://store.steampowered.com/sub/620",
        "https://store.steampowered.com/bundle/620",
        "steam://friends/add/76561197960287930",
        "steam://connect/620",
        "https://store.steampowered.com/app/6200000000",
    ],
)
def test_what_is_no_page_of_a_game_is_none(text: str) -> None:
    assert app_ids_in(text) == ()


def test_several_addresses_are_found_once_each_in_their_order() -> None:
    assert app_ids_in(f"{STORE}|https://s.team/a/400\n`{STORE}` <steam://run/70>") == (620, 400, 70)

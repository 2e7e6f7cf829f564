"""A Steam account can be named in several ways."""

import pytest

from store.names.steam_ids import account_names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ana", ("ana",)),
        (" ana ", ("ana",)),
        ("76561197960287930", ("76561197960287930",)),
        ("https://steamcommunity.com/id/ana", ("ana",)),
        ("http://www.steamcommunity.com/id/ana/games?tab=all", ("ana",)),
        ("steamcommunity.com/profiles/76561197960287930/", ("76561197960287930",)),
        *(
            (f"https://{page}", ("ana",))
            for page in (
                "m.steamcommunity.com/id/ana",
                "steamcommunity.com//id/ana",
                "steamcommunity.com/ID/an%61",
                "store.steampowered.com/wishlist/id/ana/#sort=order",
                "steamcommunity.com/id/ana.",
            )
        ),
        *(
            (named, ("76561197960287930",))
            for named in (
                "<https://steamcommunity.com/profiles/76561197960287930>",
                "my profile: https://steamcommunity.com/profiles/76561197960287930/",
                "https://store.steampowered.com/wishlist/profiles/76561197960287930/",
                "https://steamcommunity.com/profiles/[U:1:22202]",
                "[U:1:22202]",
                "u:1:22202",
                "STEAM_0:0:11101",
                "STEAM_1:0:11101",
                "https://steamcommunity.com/miniprofile/22202",
                "https://steamcommunity.com/friends/add/22202",
                "steam://url/SteamIDPage/76561197960287930",
                "steam://friends/add/76561197960287930",
                "https://s.team/p/hj-qp",
                "s.team/p/hj-qp/ABCDEFGH",
                "https://steamcommunity.com/user/hj-qp/",
                "**https://s.team/p/hjqp**",
            )
        ),
        *(
            (named, (named,))
            for named in (
                "STEAM_0:2:11101",
                "[U:1:0]",
                "[U:1:4294967296]",
                "https://s.team/p/aeiou",
                "https://s.team/p/--",
                "https://steamcommunity.com/profiles/123",
                "https://steamcommunity.com/miniprofile/0",
                "https://example.com/steamcommunity.com/id/ana",
                "https://steamcommunity.com.example.com/id/ana",
                "steam://run/22202",
            )
        ),
        ("22202", ("22202", "76561197960287930")),
        ("4294967295", ("4294967295", "76561202255233023")),
        ("4294967296", ("4294967296",)),
        ("0", ("0",)),
        ("https://example.com/id/ana", ("https://example.com/id/ana",)),
        ("https://steamcommunity.com/id/", ("https://steamcommunity.com/id/",)),
        ("", ("",)),
    ],
)
def test_the_account_is_found_in_a_name_a_number_and_an_address(typed: str, names: tuple[str, ...]) -> None:
    assert account_names(typed) == names

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

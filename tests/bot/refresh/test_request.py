"""What the bot hands to the process that refreshes."""

from pathlib import Path

import pytest

from bot.refresh.request import RefreshRequest
from bot.refresh.run import steam_settings
from bot.settings import load_settings

KEY = "0123456789ABCDEF0123456789ABCDEF"


@pytest.fixture
def request_of_steam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RefreshRequest:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "NEXTPLAY_SOURCE": "steam,/files",
        "STEAM_API_KEY": KEY,
        "NEXTPLAY_STEAM_COUNTRY": "de",
        "NEXTPLAY_STEAM_LANGUAGES": "german, english",
        "NEXTPLAY_STEAM_API_HOST": "http://127.0.0.1:8099/",
        "NEXTPLAY_STEAM_TRAIN_ON_REVIEWS": "no",
    }.items():
        monkeypatch.setenv(name, value)
    return RefreshRequest.from_settings(load_settings())


def test_it_comes_out_as_it_went_in(request_of_steam: RefreshRequest) -> None:
    assert RefreshRequest.from_json(request_of_steam.to_json()) == request_of_steam


def test_what_is_set_of_steam_arrives_at_its_source(request_of_steam: RefreshRequest) -> None:
    asked = steam_settings(request_of_steam.steam)
    assert request_of_steam.sources == ("steam", "/files")
    assert asked.key is not None
    assert asked.key.get_secret_value() == KEY
    assert (asked.country, asked.languages) == ("DE", ("german", "english"))
    assert asked.hosts.api == "http://127.0.0.1:8099"
    assert not asked.train_on_reviews


def test_the_key_is_in_no_form_of_it_that_is_printed(request_of_steam: RefreshRequest) -> None:
    for shown in (
        request_of_steam,
        request_of_steam.steam,
        load_settings(),
        steam_settings(request_of_steam.steam),
    ):
        assert KEY not in f"{shown} {shown!r}"

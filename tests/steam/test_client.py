"""Asking Steam for a person who waits: what is tried again, and when Steam is left alone."""

import pytest

from playground.steam import LocalSteam, Mood
from playground.steam.people import ANA
from steam import libraries
from steam.accounts import AskedAccounts
from steam.client import SteamClient
from store.steam_protocols import SteamUnavailable
from store.user_data import LibraryState

METHOD = "GetOwnedGames"


def calls(steam: LocalSteam) -> int:
    return len(steam.world.calls.of(METHOD))


@pytest.mark.parametrize(
    "mood",
    [Mood.SERVER_ERROR, Mood.UNAVAILABLE, Mood.EMPTY_RESULT_BUSY, Mood.CUT_OFF_BODY],
)
async def test_trouble_by_chance_is_asked_about_once_more(
    steam: LocalSteam, accounts: AskedAccounts, mood: Mood
) -> None:
    with steam.mood(mood, method=METHOD, times=1):
        answer = await accounts.library(ANA)
    assert answer.state is LibraryState.OPEN
    assert calls(steam) == 2


@pytest.mark.parametrize(
    ("mood", "seconds"),
    [
        (Mood.TOO_MANY, 60),
        (Mood.TOO_MANY_NULL, 60),
        (Mood.TOO_MANY_RETRY_AFTER, None),
    ],
)
async def test_who_is_asked_to_wait_leaves_steam_alone_for_that_long(
    steam: LocalSteam, client: SteamClient, time: list[float], mood: Mood, seconds: int | None
) -> None:
    with steam.mood(mood, method=METHOD, times=1), pytest.raises(SteamUnavailable):
        await client.ask(libraries.owned_games(ANA))
    with pytest.raises(SteamUnavailable):
        await client.ask(libraries.owned_games(ANA))
    assert calls(steam) == 1
    time[0] += 901 if seconds is None else seconds + 1
    assert await client.ask(libraries.owned_games(ANA))


async def test_each_rest_is_twice_as_long_and_none_longer_than_15_minutes(
    steam: LocalSteam, client: SteamClient, time: list[float]
) -> None:
    with steam.mood(Mood.TOO_MANY, method=METHOD, times=99):
        for rest in (60, 120, 240, 480, 900, 900):
            with pytest.raises(SteamUnavailable):
                await client.ask(libraries.owned_games(ANA))
            before = calls(steam)
            time[0] += rest - 1
            with pytest.raises(SteamUnavailable):
                await client.ask(libraries.owned_games(ANA))
            assert calls(steam) == before
            time[0] += 2


@pytest.mark.slow
async def test_a_steam_that_is_busy_for_weeks_is_still_no_more_than_unavailable(
    steam: LocalSteam, client: SteamClient, time: list[float]
) -> None:
    with steam.mood(Mood.TOO_MANY, method=METHOD, times=2_000):
        for _ in range(1_100):  # 2.0 ** 1024 is more than any number
            with pytest.raises(SteamUnavailable):
                await client.ask(libraries.owned_games(ANA))
            time[0] += 1_000


@pytest.mark.slow
async def test_after_three_failures_in_a_row_steam_is_left_alone(
    steam: LocalSteam, client: SteamClient
) -> None:
    with steam.mood(Mood.SERVER_ERROR, method=METHOD, times=99):
        for _ in range(5):
            with pytest.raises(SteamUnavailable):
                await client.ask(libraries.owned_games(ANA))
    assert calls(steam) == 6


async def test_a_steam_that_cannot_be_reached_is_unavailable(
    steam: LocalSteam, accounts: AskedAccounts
) -> None:
    steam.stop()
    assert (await accounts.library(ANA)).state is LibraryState.FAILED
    with pytest.raises(SteamUnavailable):
        await accounts.find("ana-plays")


async def test_the_key_travels_in_no_address(steam: LocalSteam, accounts: AskedAccounts) -> None:
    await accounts.library(ANA)
    for call in steam.world.calls.of(METHOD):
        assert "key" not in call.parameters


async def test_games_that_were_played_free_and_unvetted_ones_are_asked_for_too(
    steam: LocalSteam, accounts: AskedAccounts
) -> None:
    person = steam.world.person(ANA)
    assert person is not None
    assert set((await accounts.library(ANA)).games) == {owned.appid for owned in person.library}

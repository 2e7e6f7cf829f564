"""Asking a Steam on loopback as the bot does, at a time of the test's own."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from playground.steam import LocalSteam
from steam.accounts import AskedAccounts
from steam.client import SteamClient


@pytest.fixture
def time() -> list[float]:
    """The monotonic clock, which a test moves forward."""
    return [1_000.0]


@pytest.fixture
async def client(steam: LocalSteam, time: list[float]) -> AsyncIterator[SteamClient]:
    """A client with a good key."""
    client = SteamClient(steam.api, SecretStr(steam.key), monotonic=lambda: time[0])
    yield client
    await client.close()


@pytest.fixture
def accounts(client: SteamClient) -> AskedAccounts:
    """What the bot asks people's accounts by."""
    return AskedAccounts(client)

"""Fixtures of the playground's own tests: a bot with every kind of answer, and a plain HTTP caller."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from playground import LocalDiscord, SimulatedUser
from playground.pytest_plugin import StartClient
from playground.world.model import Application, Guild, Member
from tests.playground.bots import TreeClient, full_client


@dataclass(frozen=True, slots=True)
class Place:
    """A guild with one bot and one person in front of its channel."""

    discord: LocalDiscord
    application: Application
    guild: Guild
    ana: Member
    person: SimulatedUser

    def direct(self) -> SimulatedUser:
        """Ana in front of the direct messages with the bot."""
        return self.discord.person(self.ana, self.discord.dm_channel(self.ana, self.application))


@pytest.fixture
async def place(local_discord: LocalDiscord) -> Place:
    """A guild where a bot is installed but not running."""
    application = local_discord.add_application("Sample bot")
    guild = local_discord.add_guild("Sample server")
    local_discord.install(application, guild)
    ana = guild.add_member("Ana")
    return Place(local_discord, application, guild, ana, local_discord.person(ana))


@pytest.fixture
async def bot(place: Place, start_client: StartClient) -> TreeClient:
    """The full bot, connected to the place."""
    client = full_client()
    await start_client(client, place.application)
    await place.person.ready_commands()
    return client


class Caller:
    """Sends plain HTTP requests as a bot."""

    def __init__(self, session: aiohttp.ClientSession, place: Place) -> None:
        self._session = session
        self._place = place

    async def __call__(
        self, method: str, path: str, json: Any = None, *, token: str | None = None, **options: Any
    ) -> tuple[int, Any]:
        """The status and JSON of one request; `path` begins after the API version."""
        status, body, _ = await self.full(method, path, json, token=token, **options)
        return status, body

    async def full(
        self, method: str, path: str, json: Any = None, *, token: str | None = None, **options: Any
    ) -> tuple[int, Any, dict[str, str]]:
        """The status, JSON and headers of one request."""
        authority = f"Bot {self._place.application.token if token is None else token}"
        if json is not None:
            options["json"] = json
        headers = {"Authorization": authority, **options.pop("headers", {})}
        async with self._session.request(
            method, self._place.discord.api_base + path, headers=headers, **options
        ) as response:
            body = await response.json() if response.content_type == "application/json" else None
            return response.status, body, dict(response.headers)


@pytest.fixture
async def call(place: Place) -> AsyncIterator[Caller]:
    """HTTP requests with the bot's token."""
    async with aiohttp.ClientSession() as session:
        yield Caller(session, place)

"""The fixtures: a local Discord, real discord.py clients connected to it, and a local Steam."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from playground.client import point_client
from playground.pytest_plugin import SEEN, SWALLOWED, StartClient
from playground.server import LocalDiscord
from playground.steam import LocalSteam
from playground.swallowed import SwallowedErrors
from playground.world.model import Application

if TYPE_CHECKING:
    import discord


@pytest_asyncio.fixture
async def local_discord(request: pytest.FixtureRequest) -> AsyncIterator[LocalDiscord]:
    """A Discord of its own for one test; discord.py is pointed at it meanwhile, where it is installed."""
    marker = request.node.get_closest_marker("local_discord")
    async with LocalDiscord(**(marker.kwargs if marker is not None else {})) as server:
        request.node.stash[SEEN] = server
        with ExitStack() as stack:
            request.node.stash[SWALLOWED] = stack.enter_context(SwallowedErrors())
            with suppress(ImportError):
                stack.enter_context(point_client(server))
            yield server


@pytest.fixture
def steam() -> Iterator[LocalSteam]:
    """A Steam of its own for one test, with 60 games."""
    with LocalSteam(games=60) as running:
        yield running


@pytest_asyncio.fixture
async def start_client(local_discord: LocalDiscord) -> AsyncIterator[StartClient]:
    """Starts unmodified clients; what it returns is awaited until the bot is connected.

    A client that a test closes can be followed at once by another one: the world stays as it is, and only
    Discord's five seconds between two identifies are left out. Clients still open at the end are closed.
    """
    running: list[tuple[discord.Client, asyncio.Task[None]]] = []

    async def start(client: "discord.Client", application: Application) -> None:
        local_discord.gateway.starts.forget_identifies(application)
        task = asyncio.create_task(client.start(application.token))
        running.append((client, task))
        connected = asyncio.create_task(local_discord.gateway.wait_connected(application))
        done, _ = await asyncio.wait({task, connected}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        if connected in done:
            return
        connected.cancel()
        if task in done:
            await task
        raise TimeoutError(f"{application.name} did not connect\n{local_discord.transcript()}")

    yield start
    for client, task in running:
        await client.close()
        with suppress(Exception):
            await task

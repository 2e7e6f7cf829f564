"""pytest fixtures: a local Discord, real discord.py clients connected to it, and a local Steam.

Use with `pytest_plugins = ["playground.pytest_plugin"]` in the top conftest.py.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import suppress

import discord
import pytest
import pytest_asyncio

from playground.client import point_client
from playground.server import LocalDiscord
from playground.steam import LocalSteam
from playground.world.model import Application

StartClient = Callable[[discord.Client, Application], Awaitable[None]]

_SEEN = pytest.StashKey[LocalDiscord]()


@pytest_asyncio.fixture
async def local_discord(request: pytest.FixtureRequest) -> AsyncIterator[LocalDiscord]:
    """A Discord of its own for one test; discord.py is pointed at it meanwhile."""
    async with LocalDiscord() as server:
        request.node.stash[_SEEN] = server
        with point_client(server):
            yield server


@pytest_asyncio.fixture
async def start_client(local_discord: LocalDiscord) -> AsyncIterator[StartClient]:
    """Starts unmodified clients; what it returns is awaited until the bot is connected.

    Clients still open at the end of the test are closed.
    """
    running: list[tuple[discord.Client, asyncio.Task[None]]] = []

    async def start(client: discord.Client, application: Application) -> None:
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


@pytest.fixture
def steam() -> Iterator[LocalSteam]:
    """A Steam of its own for one test, with 60 games."""
    with LocalSteam(games=60) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the transcript of the playground to the report of a test that failed."""
    report = yield
    server = item.stash.get(_SEEN, None)
    if server is not None and report.failed:
        report.sections.append(("What happened in the playground", server.transcript()))
    return report

"""The example bots of discord.py's own documentation log in and answer, unmodified.

Their source is taken from the description of the installed package and runs in a process of its own, which is
told only where Discord is.
"""

import asyncio
import sys
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import metadata
from pathlib import Path

import pytest

from playground import LocalDiscord, SimulatedUser

pytestmark = pytest.mark.slow

CONTENT_INTENT = 1 << 15

RUNNER = """\
import runpy, sys
from types import SimpleNamespace
from playground import point_client
address = SimpleNamespace(api_base=sys.argv[1], gateway_url=sys.argv[2], cdn_base=sys.argv[3])
with point_client(address):
    runpy.run_path(sys.argv[4], run_name="__main__")
"""

RunBot = Callable[[str], Awaitable[SimulatedUser]]


def example(heading: str) -> str:
    """The code block under a heading of discord.py's own description."""
    _, _, rest = metadata("discord.py")["Description"].partition(f"\n{heading}\n")
    _, _, block = rest.partition(".. code:: py\n")
    lines = []
    for line in block.splitlines():
        if line.strip() and not line.startswith("    "):
            break
        lines.append(line)
    return textwrap.dedent("\n".join(lines))


@pytest.fixture
async def run_bot(tmp_path: Path) -> AsyncIterator[RunBot]:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(LocalDiscord())
        application = server.add_application("Example", token="token", privileged_intents=CONTENT_INTENT)
        guild = server.add_guild("Sample server")
        server.install(application, guild)

        async def run(source: str) -> SimulatedUser:
            script = tmp_path / "bot.py"
            script.write_text(source)
            addresses = server.api_base, server.gateway_url, server.cdn_base
            await stack.enter_async_context(process("-c", RUNNER, *addresses, str(script)))
            await asyncio.wait_for(server.gateway.wait_connected(application), timeout=30)
            return server.person(guild.add_member("Ana"))

        yield run


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[None]:
    """A Python process that ends with the block."""
    running = await asyncio.create_subprocess_exec(sys.executable, *arguments)
    try:
        yield
    finally:
        running.terminate()
        await running.wait()


@pytest.mark.parametrize(
    ("heading", "said"), [("Quick Example", "ping"), ("Bot Example", ">ping")], ids=["client", "bot"]
)
async def test_discord_pys_own_example_answers_unmodified(run_bot: RunBot, heading: str, said: str) -> None:
    source = example(heading)
    assert "run('token')" in source
    person = await run_bot(source)
    person.say(said)
    assert (await person.next_message(timeout=20)).content == "pong"

"""The playground for authors of other bots: without discord.py, by pytest's entry point, and by HTTP."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from playground import point_client
from playground.web.requests import SentFile
from tests.playground.bots import full_client

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

Ask = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


async def test_everything_but_the_client_is_there_without_what_only_the_bot_needs() -> None:
    script = (
        "import sys\n"
        "absent = 'discord pytest_asyncio numpy pandas pydantic rich sqlalchemy typer'\n"
        "sys.modules.update(dict.fromkeys(absent.split()))\n"
        "import playground, playground.serve, playground.pytest_plugin\n"
        "playground.LocalDiscord()\n"
        "try:\n    playground.point_client(None).__enter__()\nexcept ImportError:\n    print('as said')"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert said == b"as said\n"


BOT_TEST = """
import discord
import pytest
from discord import app_commands

pytestmark = pytest.mark.asyncio

class Bot(discord.Client):
    def __init__(self):
        super().__init__(intents=discord.Intents.default())
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self):
        @self.tree.command(description="Breaks")
        async def broken(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("so far so good")
            raise RuntimeError("nobody sees this")
        await self.tree.sync()

@pytest.mark.local_discord(rate_limits=False)
async def test_it(local_discord, start_client):
    assert not local_discord.limits.enforced
    application = local_discord.add_application("Bot")
    guild = local_discord.add_guild("Server")
    local_discord.install(application, guild)
    ana = local_discord.person(guild.add_member("Ana"))
    for _ in range(2):  # once more, with the world as it was
        bot = Bot()
        await start_client(bot, application)
        await ana.ready_commands()
        assert (await ana.ask("/broken")).content == "so far so good"
        await bot.close()
    assert len(ana.messages) == 2
"""


@pytest.mark.parametrize("setting", ["show", "fail"])
def test_pytest_finds_the_fixtures_and_tells_of_swallowed_errors(
    pytester: pytest.Pytester, setting: str
) -> None:
    pytester.makeini(f"[pytest]\nlocal_discord_swallowed_errors = {setting}\n")
    pytester.makepyfile(BOT_TEST)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(**({"passed": 1} if setting == "show" else {"failed": 1}))
    result.stdout.fnmatch_lines(["*Errors that the bot swallowed*", "*RuntimeError: nobody sees this*"])


@pytest.fixture
async def served() -> AsyncIterator[tuple[dict[str, str], Ask]]:
    """What `serve` printed, and a way to ask for something by HTTP."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "playground", "serve", "--bot", "Sample bot", "--guild", "Sample server"),
        *("--person", "Ana", "--person", "Ben"),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    about: dict[str, str] = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
    async with aiohttp.ClientSession() as session:

        async def ask(address: str, **fields: Any) -> tuple[int, dict[str, Any]]:
            async with session.post(f"{about['control']}/{address}", json=fields) as response:
                return response.status, await response.json()

        yield about, ask
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_people_are_had_by_http(served: tuple[dict[str, str], Ask]) -> None:
    about, ask = served
    client = full_client()
    addresses = SimpleNamespace(api_base=about["api"], gateway_url=about["gateway"], cdn_base=about["cdn"])
    with point_client(addresses):
        running = asyncio.create_task(client.start(about["token"]))
        await asyncio.wait_for(_connected(ask), 20)
        _, choices = await ask("autocomplete", person="Ana", command="/echo", option="text", value="po")
        assert choices["choices"][0] == {"name": "po0 xNone", "value": "po0"}
        status, reply = await ask("slash", person="Ana", command="/pages")
        assert (status, reply["message"]["content"]) == (200, "page 1")
        message = reply["message"]["id"]
        _, pressed = await ask("click", person="Ben", message=message, button="Tell me")
        assert (pressed["ephemeral"], pressed["message"]["content"]) == (True, "only for Ben")
        _, chosen = await ask("select", person="Ana", message=message, values=["Red"])
        assert chosen["message"]["content"] == "chose R"
        _, opened = await ask("slash", person="Ana", command="/form")
        fields = {"Your name": "Ana", "Mood": ["Good"]}
        _, sent = await ask("submit", person="Ana", form=opened["form"]["id"], fields=fields)
        assert sent["message"]["content"] == "thanks Ana: Good"
        _, said = await ask("say", person="Ana", content="helo")
        await ask("edit", person="Ana", message=said["message"]["id"], content="hello")
        _, reacted = await ask("react", person="Ben", message=said["message"]["id"], emoji="👍")
        assert reacted["message"]["content"] == "hello"
        assert reacted["message"]["reactions"][0]["me"]
        file = {"name": "note.txt", "data": "aGk="}
        _, greeted = await ask(
            "slash",
            person="Ana",
            command="/greet",
            options={"who": (await ask("people", name="Cleo"))[1]["id"], "file": file},
        )
        assert greeted["message"]["content"] == "hello Cleo hi"
        assert SentFile(**file).uploaded() == ("note.txt", b"hi")
        await ask("faults", fault="fail", arguments={"path": "/callback", "times": 9})
        await ask("faults", fault="clear")
        _, transcript = await ask("transcript")
        assert "Ana: /pages" in transcript["transcript"]
        await client.close()
        await running


async def _connected(ask: Ask) -> None:
    while (await ask("slash", person="Ana", command="/echo", options={"text": "hi"}))[0] != 200:  # noqa: ASYNC110
        await asyncio.sleep(0.1)


async def test_what_no_person_could_do_is_refused_in_a_sentence(served: tuple[dict[str, str], Ask]) -> None:
    _, ask = served
    assert await ask("slash", person="Ana", command="/nothing") == (
        409,
        {"error": "there is no command /nothing; no bot has registered commands here yet"},
    )
    # Each by the beginning of its sentence.
    wrong: list[tuple[int, str, str, dict[str, Any]]] = [
        (404, "there is no address 'nowhere'", "nowhere", {}),
        (409, "there is somebody called 'Ana'", "people", {"name": "Ana"}),
        (400, "Expected `str` of length >= 1", "people", {"name": ""}),
        (400, "Expected `int` >= 0", "people", {"name": "Zoe", "permissions": -1}),
        (409, "a message has words or a file", "say", {"person": "Ana", "content": " "}),
        (409, "time ends in 2150", "clock", {"seconds": 1e308}),
        (400, "Expected `int", "faults", {"fault": "fail", "arguments": {"status": "abc"}}),
        (
            400,
            "Object contains unknown field `state`",
            "faults",
            {"fault": "fail", "arguments": {"state": 1}},
        ),
        (409, "slow() missing 1 required", "faults", {"fault": "slow"}),
    ]
    for status, beginning, address, fields in wrong:
        found, error = await ask(address, **fields)
        assert (found, error["error"][: len(beginning)]) == (status, beginning)
    assert (await ask("say", person="Zoe", content="hi"))[0] == 409
    assert (await ask("say", person="Ana"))[0] == 400
    assert (await ask("faults", fault="flood"))[0] == 409
    assert (await ask("clock", seconds=-1))[0] == 409
    assert (await ask("delete", person="Ana", message="1"))[0] == 409

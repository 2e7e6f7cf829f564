"""Bots of other libraries and languages log in and answer, unmodified."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from playground import LocalDiscord, SimulatedUser
from tests.playground.foreign.libraries import LIBRARIES, Library

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@asynccontextmanager
async def before(library: Library) -> AsyncIterator[SimulatedUser]:
    """A person before a bot of the library."""
    command = await asyncio.to_thread(library.command)
    async with LocalDiscord() as discord:
        application = discord.add_application("Sample bot")
        guild = discord.add_guild("Sample server")
        discord.install(application, guild)
        person = discord.person(guild.add_member("Ana"))
        addresses = {
            "API": discord.api_base,
            "API_WITHOUT_VERSION": f"{discord.origin}/api",
            "TOKEN": application.token,
        }
        process = await asyncio.create_subprocess_exec(
            *command,
            env={**library.variables, **addresses},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said = asyncio.create_task(process.stdout.read() if process.stdout else asyncio.sleep(0, b""))
        try:
            await person.ready_commands(timeout=60)
            yield person
        finally:
            if process.returncode is None:
                process.kill()
            sys.stdout.write((await said).decode(errors="replace"))
            await process.wait()


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.name)
async def test_a_bot_suggests_answers_with_a_file_and_asks_by_a_form(library: Library) -> None:
    async with before(library) as person:
        choices = await person.autocomplete("/play", "game", "portal")
        assert [(choice.name, choice.value) for choice in choices] == [
            ("portal 1", "portal1"),
            ("portal 2", "portal2"),
        ]
        reply = await person.ask("/play", game="portal2")
        assert reply.content == "playing portal2"
        assert [(file.filename, file.data) for file in reply.files] == [("rules.txt", b"rules of portal2")]
        pressed = await person.click(reply, "Rate")
        assert pressed.modal is not None
        rated = await (await person.submit(pressed, Stars="5")).settled()
        assert (rated.content, rated.ephemeral) == ("rated 5", True)

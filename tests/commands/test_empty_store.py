"""A store that no refresh has filled yet says so in every command, rather than that nothing was found."""

from datetime import UTC, time, timedelta

import pytest

from bot.refresh.schedule import Nightly
from playground import SimulatedUser
from store import Database
from tests.bot.conftest import Serve, Served
from tests.commands.asking import Asking, Command, commands

# These need no data: they are about the bot, the server, or what the person has stored.
_NEED_NONE = {
    *("help", "hidden", "me", "unlink", "forget-me", "admin", "settings"),
    *("privacy", "family", "wishlist"),
}


def needs_data(command: Command) -> bool:
    return (command.root_parent or command).name not in _NEED_NONE


async def ask(served: Served, person: SimulatedUser, command: Command) -> str:
    options = Asking(served).example(command)
    if not options and "player" in {option.name for option in command.parameters}:
        options["player"] = "somebody"  # rather than the one that the person is linked to
    reply = await person.ask(command.qualified_name, **options)
    assert reply.ephemeral
    return reply.content


async def test_every_command_that_needs_data_says_that_there_are_none(
    serve: Serve, empty_store: Database
) -> None:
    served = await serve(empty_store)
    asked = {c.qualified_name: await ask(served, served.member, c) for c in commands(served) if needs_data(c)}
    assert len(asked) > 10
    assert set(asked.values()) == {
        "There are no data yet: they are filled once whoever runs this bot has refreshed them."
    }


async def test_every_other_command_works_without_data(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    for command in commands(served):
        if not needs_data(command):
            reply = await served.admin.slash(command.qualified_name, **Asking(served).required(command))
            assert not reply.failed
            assert "no data yet: " not in reply.text


@pytest.mark.parametrize("running", [True, False])
async def test_it_says_when_there_will_be_some(serve: Serve, empty_store: Database, running: bool) -> None:
    plan = Nightly(time(4, 30), UTC, grace=timedelta(0))
    served = await serve(empty_store, plan=plan)
    if running:
        await served.refresher.start("schedule")
    reply = await served.member.ask("/top")
    when = "they are being filled just now" if running else "the next refresh, <t:"
    assert when in reply.content

"""Who uses a button, form or command of an older version of the bot is told so, whatever it was called."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from playground import Reply
from playground.world.interaction import COMMAND, COMPONENT, MODAL_SUBMIT
from store import Database
from tests.bot.conftest import Serve, Served

SWITCHED_OFF = "These buttons are switched off; ask again to get new ones."
CHANGED = "This command has just changed; reload Discord and try again."
BUTTON, MENU, PEOPLE = 2, 3, 5


@pytest.fixture(autouse=True)
def nothing_unforeseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No defect may be logged meanwhile."""
    yield
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.fixture
async def served(serve: Serve, empty_store: Database) -> Served:
    return await serve(empty_store)


async def send(served: Served, kind: int, data: dict[str, Any], *, on: Reply | None = None) -> Reply:
    """Send what no client would let a person send, and wait for the answer."""
    message = None if on is None else on.message
    person = served.member
    interaction = served.discord.interactions.send(
        kind, served.application, person.user, person.channel, data, message=message
    )
    while interaction.state == "waiting":
        await interaction.watch.beyond(interaction.watch.version)
    return Reply(person.user, interaction, served.discord.transcript)


@pytest.mark.parametrize(
    "custom_id",
    [
        "similar:440",
        "game:like",
        "game:like:-1",
        "game:like:99999999999999999999",
        "game:LIKE:440",
        "game:hide:440",
        "how:",
        "how:nothing",
        "page",
        "\u202e@everyone",
        "x" * 100,
        "",
    ],
)
async def test_a_button_of_any_other_form_is_answered(served: Served, custom_id: str) -> None:
    shown = await served.member.ask("/help")
    reply = await send(
        served, COMPONENT, {"component_type": BUTTON, "custom_id": custom_id, "id": 1}, on=shown
    )
    assert (reply.content, reply.ephemeral) == (SWITCHED_OFF, True)


@pytest.mark.parametrize("kind", [MENU, PEOPLE])
async def test_a_menu_that_nobody_knows_is_answered(served: Served, kind: int) -> None:
    shown = await served.member.ask("/help")
    data = {"component_type": kind, "custom_id": "genres", "id": 1, "values": ["1"]}
    reply = await send(served, COMPONENT, data, on=shown)
    assert (reply.content, reply.ephemeral) == (SWITCHED_OFF, True)


async def test_a_form_from_before_a_restart_is_answered(served: Served) -> None:
    reply = await send(served, MODAL_SUBMIT, {"custom_id": "compare:with", "components": []})
    assert (reply.content, reply.ephemeral) == ("This form is no longer open; open it again.", True)


def command(served: Served, name: str, *options: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return what Discord sends of a command with these options."""
    first, *below = name.split()
    inner = list(options)
    for part in reversed(below):
        inner = [{"name": part, "type": 1, "options": inner}]
    return {"id": str(served.bot.command_ids[first]), "name": first, "type": 1, "options": inner, **more}


STRING, INTEGER, BOOLEAN, USER, NUMBER = 3, 4, 5, 6, 10


@pytest.mark.parametrize(
    ("name", "option", "kind", "value"),
    [
        ("top", "since", STRING, "2010"),
        ("top", "since", NUMBER, 2010.5),
        ("top", "max_price", STRING, "5"),
        ("top", "since", INTEGER, -(10**18)),
        ("top", "since", BOOLEAN, True),
        ("top", "free", STRING, "yes"),
        ("game", "name", INTEGER, 440),
        ("game", "name", USER, "1"),
        ("game", "name", STRING, None),
        ("reviews", "show", STRING, "nonsense"),
        ("family add", "member", STRING, "Ben"),
    ],
)
async def test_an_option_of_another_kind_than_the_command_has_is_answered(
    served: Served, name: str, option: str, kind: int, value: object
) -> None:
    data = command(served, name, {"name": option, "type": kind, "value": value})
    reply = await send(served, COMMAND, data)
    assert (reply.content, reply.ephemeral) == (CHANGED, True)


@pytest.mark.parametrize("resolved", [{}, {"users": {}}, {"users": {"2": {}}}, {"members": {"1": {}}}])
async def test_a_person_whom_discord_names_by_an_id_alone_is_asked_for_again(
    served: Served, resolved: dict[str, Any]
) -> None:
    option = {"name": "member", "type": USER, "value": "1"}
    reply = await send(served, COMMAND, command(served, "family add", option, resolved=resolved))
    assert reply.content == "Discord does not tell who or what was chosen there; choose again."
    assert reply.ephemeral

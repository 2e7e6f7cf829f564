"""Nothing that a person types breaks a command, mentions anybody or runs as markup."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from discord import app_commands
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.validation.commands import STRING
from store import Database
from tests.bot.conftest import Serve, Served
from tests.commands.asking import Asking, Command, commands
from tests.commands.hostile import ANY_TEXT, TEXTS, require_harmless


@dataclass(frozen=True, slots=True)
class Typist:
    """An admin who can use every command, and the options that take any text."""

    served: Served
    asking: Asking
    options: tuple[tuple[Command, app_commands.Parameter], ...]

    async def type(self, place: int, text: str) -> None:
        """Type a text into an option, look at its suggestions, and send it."""
        command, option = self.options[place % len(self.options)]
        others = self.asking.required(command)
        others.pop(option.name, None)
        where = f"/{command.qualified_name} {option.name}:{text[:80]!r}"
        person = self.served.admin
        if option.autocomplete:
            for choice in await person.autocomplete(command.qualified_name, option.name, text, **others):
                assert 1 <= len(choice.name) <= 100, where
        reply = await person.ask(command.qualified_name, **others, **{option.name: text})
        require_harmless(reply, where)


@pytest.fixture
async def typist(serve: Serve, own_store: Database) -> Typist:
    served = await serve(own_store)
    options = tuple(
        (command, option)
        for command in commands(served)
        for option in command.parameters
        if option.type.value == STRING and not option.choices
    )
    assert len(options) >= 25
    return Typist(served, Asking(served), options)


@pytest.fixture
def nothing_failed(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No defect may be logged meanwhile."""
    yield
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


@pytest.mark.usefixtures("nothing_failed")
@pytest.mark.parametrize("typed", TEXTS.values(), ids=TEXTS.keys())
async def test_every_option_of_every_command_takes_hostile_text(typist: Typist, typed: str) -> None:
    for place in range(len(typist.options)):
        await typist.type(place, typed)


@pytest.mark.usefixtures("nothing_failed")
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(place=st.integers(0, 999), typed=ANY_TEXT)
async def test_any_option_takes_any_text(typist: Typist, place: int, typed: str) -> None:
    await typist.type(place, typed)

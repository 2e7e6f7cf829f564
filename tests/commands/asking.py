"""Options with which any command can be asked, so that a test can go through all of them."""

from collections.abc import Iterator
from typing import Any

from discord import app_commands
from sqlalchemy import delete

from commands.core.options.options import example_of
from playground.validation.commands import BOOLEAN, CHANNEL, INTEGER, NUMBER, ROLE, STRING, USER
from store import Database, queries
from store.models import DataDates, NameKind
from tests.bot.conftest import Served

Command = app_commands.Command[Any, ..., Any]


def commands(served: Served) -> Iterator[Command]:
    """Yield every command and subcommand."""
    for command in served.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command


class Asking:
    """Knows a value for each option, from the data that a bot serves."""

    def __init__(self, served: Served) -> None:
        channel = served.admin.channel
        assert channel.guild is not None
        self._channel = channel
        self._role = channel.guild.everyone
        self._member = served.member.user
        self._players = self._names(served)

    @staticmethod
    def _names(served: Served) -> list[str]:
        with served.database.reader() as session:
            known = [choice.value for choice in queries.complete(session, NameKind.PLAYER, "", 8)]
        return [*known, *(f"nobody {number}" for number in range(8))]

    def example(self, command: Command) -> dict[str, Any]:
        """Return the options of the example in help, with something real in each gap."""
        wanted = {option.name: option for option in command.parameters}
        return {
            name: self.value(wanted[name]) if self._is_gap(wanted[name], text) else text
            for name, text in example_of(command).items()
        }

    def required(self, command: Command) -> dict[str, Any]:
        """Return a value for each option that must be given."""
        return {option.name: self.value(option) for option in command.parameters if option.required}

    def value(self, option: app_commands.Parameter) -> Any:
        """Return a value that the option takes."""
        if option.choices:
            return option.choices[0].value
        if option.type.value == STRING:
            return self._text(option.name)
        return {
            BOOLEAN: True,
            INTEGER: int(option.min_value or 1),
            NUMBER: 10.0,
            CHANNEL: self._channel,
            ROLE: self._role,
            USER: self._member,
        }[option.type.value]

    def _text(self, name: str) -> str:
        if name.startswith("player"):
            return self._players[int(name.removeprefix("player") or 1) - 1]
        known = {"first": self._players[0], "second": self._players[1], "genre": "Action"}
        return known.get(name, "Portal 2")

    def _is_gap(self, option: app_commands.Parameter, text: str) -> bool:
        return "…" in text or option.type.value not in (STRING, INTEGER, NUMBER)


def forget_where_the_data_end(database: Database) -> None:
    """Have a question about any year asked of the data, also about one after their end."""
    with database.writer() as session:
        session.execute(delete(DataDates))

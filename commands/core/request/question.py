"""A command with its options, as a person gave them or as they were completed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import discord
from discord import app_commands


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked: a command, and its options by name."""

    command: app_commands.Command[Any, ..., Any]
    options: Mapping[str, Any]

    @classmethod
    def of(cls, interaction: discord.Interaction[Any]) -> Self | None:
        """Return what an interaction asks; None of a press, which is not of a command."""
        command = interaction.command
        if not isinstance(command, app_commands.Command):
            return None
        # A namespace gives None for any attribute, such as the `keys` that `dict` looks for.
        return cls(command, dict(iter(interaction.namespace)))

    def with_name(self, text: str, value: str) -> Self | None:
        """Return the question with `value` in place of the name `text`; None if no option has that.

        The name may be one of several with commas between them.
        """
        for option, given in self.options.items():
            if not isinstance(given, str):
                continue
            names = [given.strip()] if given.strip() == text else [name.strip() for name in given.split(",")]
            if text in names:
                changed = ", ".join(value if name == text else name for name in names)
                return replace(self, options={**self.options, option: changed})
        return None

"""What a feature package exports."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from discord import app_commands

from commands.core.services.services import GameAction

TopCommand: TypeAlias = app_commands.Command[Any, ..., Any] | app_commands.Group

# Commands and groups, each under its position in help.
Commands: TypeAlias = Mapping[int, TopCommand]

# Commands of the menu of a message.
ContextMenus: TypeAlias = Sequence[app_commands.ContextMenu]

# What is done with a game whose button is pressed, by the name of the action.
GameActions: TypeAlias = Mapping[str, GameAction]

"""`/help`."""

from commands.core.feature import Commands
from commands.help.commands import help  # noqa: A004 - the command is called so

COMMANDS: Commands = {170: help}

"""`/hidden`: the games that a person does not want suggested."""

from commands.core.feature import Commands
from commands.hidden.commands import hidden

COMMANDS: Commands = {140: hidden}

"""`/genre`."""

from commands.core.feature import Commands
from commands.genres.commands import genre

COMMANDS: Commands = {60: genre}

"""`/game`: all that is known of a game."""

from commands.core.feature import Commands
from commands.games.commands import game

COMMANDS: Commands = {30: game}

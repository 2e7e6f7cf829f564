"""`/surprise`: one game, with its picture and a reason."""

from commands.core.feature import Commands
from commands.surprise.commands import ANOTHER, surprise

COMMANDS: Commands = {15: surprise}
BUTTON_IDS = (ANOTHER,)

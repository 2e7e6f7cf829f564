"""`/userdata`: a player of the data."""

from commands.core.feature import Commands
from commands.players.commands import userdata

COMMANDS: Commands = {90: userdata}

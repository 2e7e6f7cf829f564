"""`/top`: ranked games."""

from commands.core.feature import Commands
from commands.top.commands import top

COMMANDS: Commands = {70: top}

"""`/developer` and `/best-developers`."""

from commands.core.feature import Commands
from commands.developers.commands import best_developers, developer

COMMANDS: Commands = {40: developer, 50: best_developers}

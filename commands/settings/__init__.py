"""`/settings`: what the admins of a server set for it."""

from commands.core.feature import Commands
from commands.settings.commands import settings

COMMANDS: Commands = {190: settings}

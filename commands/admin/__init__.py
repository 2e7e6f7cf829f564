"""`/admin`: refreshing the data, their state, and who did what."""

from commands.admin.commands import admin
from commands.admin.refresh_message import STOP
from commands.core.feature import Commands

COMMANDS: Commands = {180: admin}
BUTTON_IDS = (STOP,)

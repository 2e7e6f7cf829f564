"""`/hidden`: the games that a person does not want suggested."""

from commands.core.feature import Commands
from commands.hidden.commands import BRING_BACK, NEWER, OLDER, hidden

COMMANDS: Commands = {140: hidden}
BUTTON_IDS = (NEWER, OLDER)
MENU_IDS = (BRING_BACK,)

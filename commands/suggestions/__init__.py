"""`/recommend` and `/play-together`: suggested games, and the buttons under them."""

from commands.core.feature import Commands
from commands.suggestions import buttons
from commands.suggestions.commands import play_together, recommend

COMMANDS: Commands = {10: recommend, 20: play_together}
BUTTON_IDS = (
    buttons.ANOTHER,
    buttons.LIKE,
    buttons.HIDE,
    buttons.UNDO,
    buttons.BACK,
    buttons.CANCEL,
)
MENU_IDS = (buttons.LIKE_WHICH, buttons.HIDE_WHICH)

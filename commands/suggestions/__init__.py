"""`/recommend` and `/play-together`: suggested games, and the buttons under them."""

from commands.core.feature import Commands, GameActions
from commands.core.lasting_buttons import LIKE
from commands.suggestions import buttons
from commands.suggestions.commands import more_like_this, play_together, recommend

COMMANDS: Commands = {10: recommend, 20: play_together}
BUTTON_IDS = (
    buttons.ANOTHER,
    buttons.LIKE,
    buttons.HIDE,
    buttons.UNDO,
    buttons.BACK,
    buttons.CANCEL,
)
GAME_ACTIONS: GameActions = {LIKE: more_like_this}
MENU_IDS = (buttons.LIKE_WHICH, buttons.HIDE_WHICH)

"""`/recommend` and `/play-together`: suggested games, and the buttons under them."""

from commands.core.feature import Commands, GameActions
from commands.core.lasting_buttons import LIKE
from commands.core.services import SuggestForAsker
from commands.suggestions import buttons
from commands.suggestions.commands import more_like_this, play_together, recommend, suggest_for_asker

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
SUGGEST_FOR_ASKER: SuggestForAsker = suggest_for_asker
MENU_IDS = (buttons.LIKE_WHICH, buttons.HIDE_WHICH)

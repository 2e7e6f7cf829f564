"""`/recommend` and `/play-together`: suggested games, and the buttons under them."""

from commands.core.buttons.lasting_buttons import LIKE
from commands.core.feature import Commands, ContextMenus, GameActions
from commands.core.services.services import SuggestForAsker
from commands.suggestions import buttons
from commands.suggestions.commands import more_like_this, recommend, suggest_for_asker
from commands.suggestions.from_message import more_like_message
from commands.suggestions.together import view
from commands.suggestions.together.commands import play_together

COMMANDS: Commands = {10: recommend, 20: play_together}
BUTTON_IDS = (
    buttons.ANOTHER,
    buttons.LIKE,
    buttons.HIDE,
    buttons.UNDO,
    buttons.BACK,
    buttons.CANCEL,
    *view.BUTTON_IDS,
)
CONTEXT_MENUS: ContextMenus = (more_like_message,)
GAME_ACTIONS: GameActions = {LIKE: more_like_this}
SUGGEST_FOR_ASKER: SuggestForAsker = suggest_for_asker
MENU_IDS = (buttons.LIKE_WHICH, buttons.HIDE_WHICH)

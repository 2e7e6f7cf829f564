"""`/taste`: which games a person likes and which not, and the buttons that say so."""

from commands.core.buttons.lasting_buttons import DISLIKED, LIKED
from commands.core.feature import Commands, GameActions
from commands.tastes.commands import PASTE, dislike, like, taste

COMMANDS: Commands = {115: taste}
BUTTON_IDS = (PASTE,)
GAME_ACTIONS: GameActions = {LIKED: like, DISLIKED: dislike}

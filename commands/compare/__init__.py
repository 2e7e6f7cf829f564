"""`/compare`: two games, developers or players side by side."""

from commands.compare.commands import compare
from commands.compare.form import ask_for_other
from commands.core.buttons.lasting_buttons import COMPARE
from commands.core.feature import Commands, GameActions

COMMANDS: Commands = {80: compare}
GAME_ACTIONS: GameActions = {COMPARE: ask_for_other}

"""The commands, one module a family."""

from typing import Any

from discord import app_commands

from commands.account import commands as people
from commands.admin import commands as admin
from commands.admin import refresh_message
from commands.compare import commands as compare
from commands.core.pager import PAGE_BACK, PAGE_ON
from commands.developers import commands as developers
from commands.games import commands as games
from commands.genres import commands as genres
from commands.groups import commands as groups
from commands.help.commands import help as help_command
from commands.hidden import commands as hidden
from commands.players import commands as players
from commands.reviews import commands as reviews
from commands.settings import commands as settings
from commands.suggestions import buttons as suggestions
from commands.top import commands as top


def all_commands() -> tuple[app_commands.Command[Any, ..., Any] | app_commands.Group, ...]:
    """Return every command and group, in the order in which help lists them."""
    return (
        games.recommend,
        groups.play_together,
        games.game,
        developers.developer,
        developers.best_developers,
        genres.genre,
        top.top,
        compare.compare,
        players.userdata,
        reviews.reviews,
        reviews.year,
        people.link,
        people.me,
        hidden.hidden,
        people.unlink,
        people.forget_me,
        help_command,
        admin.admin,
        settings.settings,
    )


# Of every button that a reply may have, for `commands.core.views.ExpiredButtons`.
BUTTON_IDS = (
    PAGE_BACK,
    PAGE_ON,
    people.FORGET,
    people.KEEP,
    refresh_message.STOP,
    suggestions.ANOTHER,
    suggestions.LIKE,
    suggestions.HIDE,
    suggestions.UNDO,
    suggestions.BACK,
    suggestions.CANCEL,
    hidden.NEWER,
    hidden.OLDER,
)
# Of every menu, for `commands.core.views.ExpiredMenus`.
MENU_IDS = (suggestions.LIKE_WHICH, suggestions.HIDE_WHICH, hidden.BRING_BACK)

"""The commands, one module a family."""

from typing import Any

from discord import app_commands

from commands import refresh_message
from commands.families import (
    admin,
    compare,
    developers,
    games,
    genres,
    groups,
    hidden,
    people,
    players,
    reviews,
    settings,
    top,
)
from commands.families.help import help as help_command
from commands.paging import PAGE_BACK, PAGE_ON
from commands.suggestions import buttons as suggestions


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


# Of every button that a reply may have, for `commands.buttons.ExpiredButtons`.
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
# Of every menu, for `commands.buttons.ExpiredMenus`.
MENU_IDS = (suggestions.LIKE_WHICH, suggestions.HIDE_WHICH, hidden.BRING_BACK)

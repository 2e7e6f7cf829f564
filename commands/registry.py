"""Collects what the feature packages export, so that a new one need not be named anywhere.

The `__init__` of a feature package has

- `COMMANDS`: its commands and groups, each under its position in `/help` (a number that no other has);
- `BUTTON_IDS`, `MENU_IDS`, where there are any: the custom ids of its buttons and menus;
- `CONTEXT_MENUS`, where there are any: its commands in the menu of a message;
- `GAME_ACTIONS`, where there are any: what it does with a game, by the names that `lasting_buttons` has;
- `SUGGEST_FOR_ASKER`, in one of them: how games are suggested to whoever asks, below another embed.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from discord import app_commands

import commands
from commands.core.buttons import did_you_mean, paged_games, pager
from commands.core.feature import TopCommand
from commands.core.services.services import GameAction, SuggestForAsker

# Its siblings build on it, and it is no feature itself.
_CORE = "core"


@dataclass(frozen=True, slots=True)
class Registry:
    """All commands, in the order in which help lists them, the custom ids of their buttons and menus.

    `context_menus` are the commands in the menu of a message, `game_actions` what the features do with a game
    whose button is pressed.
    """

    commands: tuple[TopCommand, ...]
    context_menus: tuple[app_commands.ContextMenu, ...]
    button_ids: tuple[str, ...]
    menu_ids: tuple[str, ...]
    game_actions: Mapping[str, GameAction]
    suggest_for_asker: SuggestForAsker


def feature_names() -> tuple[str, ...]:
    """Return the names of the feature packages."""
    found = pkgutil.iter_modules(commands.__path__)
    return tuple(sorted(module.name for module in found if module.ispkg and module.name != _CORE))


def collect() -> Registry:
    """Import every feature package, and return what they export.

    Raises:
        ValueError: Two commands have the same position.
    """
    by_position: dict[int, TopCommand] = {}
    for feature in _features():
        for position, command in feature.COMMANDS.items():
            other = by_position.setdefault(position, command)
            if other is not command:
                raise ValueError(f"/{other.name} and /{command.name} both have the position {position}.")
    return Registry(
        commands=tuple(by_position[position] for position in sorted(by_position)),
        context_menus=_exported("CONTEXT_MENUS"),
        button_ids=(
            *pager.BUTTON_IDS,
            *did_you_mean.BUTTON_IDS,
            *paged_games.BUTTON_IDS,
            *_exported("BUTTON_IDS"),
        ),
        menu_ids=(*paged_games.MENU_IDS, *_exported("MENU_IDS")),
        game_actions={
            name: action
            for feature in _features()
            for name, action in getattr(feature, "GAME_ACTIONS", {}).items()
        },
        suggest_for_asker=next(
            feature.SUGGEST_FOR_ASKER for feature in _features() if hasattr(feature, "SUGGEST_FOR_ASKER")
        ),
    )


def _features() -> Iterator[ModuleType]:
    for name in feature_names():
        yield import_module(f"{commands.__name__}.{name}")


def _exported(name: str) -> tuple[Any, ...]:
    return tuple(one for feature in _features() for one in getattr(feature, name, ()))

"""Writes docs/commands.md from the commands themselves; `make docs` runs it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import discord
from discord import app_commands

from commands import registry
from commands.core.access.permissions import AnyCommand, is_for_owners, is_heavy
from commands.core.feature import TopCommand
from commands.core.options.options import example_of
from commands.core.services.cooldowns import HEAVY_COMMANDS
from localization.translations import SOURCE, Locales, Translations

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"

_HEAD = """\
# Commands

Every command, as Discord shows it; `make docs` writes this page. An option in bold
must be given. One that completes offers names while it is typed; a name that was not picked is looked up too.
"""
_KINDS = {
    discord.AppCommandOptionType.string: "text",
    discord.AppCommandOptionType.integer: "whole number",
    discord.AppCommandOptionType.number: "number",
    discord.AppCommandOptionType.boolean: "yes or no",
    discord.AppCommandOptionType.role: "role",
    discord.AppCommandOptionType.user: "person",
    discord.AppCommandOptionType.channel: "channel",
}


def page() -> str:
    """Return the whole page."""
    locales = Locales()
    languages = {
        name: locales.translations(code) for code, name in locales.names().items() if code != SOURCE.language
    }
    found = registry.collect()
    parts = [_command(command, languages) for top in found.commands for command in _walk(top)]
    return "\n".join((_HEAD, *parts, _context_menus(found.context_menus, languages)))


def _context_menus(menus: Sequence[app_commands.ContextMenu], languages: dict[str, Translations]) -> str:
    lines = ["## In the menu of a message", ""]
    for menu in menus:
        names = ", ".join(f"{name}: {words.gettext(menu.name)}" for name, words in languages.items())
        about = (menu.callback.__doc__ or "").splitlines()[0]
        lines.append(f"- **{menu.name}** ({names}): {about}")
    return "\n".join((*lines, ""))


def _walk(command: TopCommand) -> Iterator[AnyCommand]:
    if isinstance(command, app_commands.Group):
        for child in command.walk_commands():
            if isinstance(child, app_commands.Command):
                yield child
    else:
        yield command


def _command(command: AnyCommand, languages: dict[str, Translations]) -> str:
    names = [f"{name}: {words.command(command.qualified_name)}" for name, words in languages.items()]
    example = " ".join(f"{name}:{value}" for name, value in example_of(command).items())
    lines = [
        f"## /{command.qualified_name}",
        "",
        f"{command.description}.",
        "",
        *(f"- {line}" for line in names),
        f"- Example: `/{' '.join(filter(None, (command.qualified_name, example)))}`",
        f"- Who: {_who(command)}",
    ]
    if is_heavy(command):
        times, seconds = HEAVY_COMMANDS
        lines.append(f"- Heavy: a person may run {times} heavy commands in {seconds:.0f} seconds")
    if command.parameters:
        lines += [
            "",
            _row(["option", *languages, "what it says", "takes"]),
            "|---" * (3 + len(languages)) + "|",
        ]
        lines += [_option(option, languages) for option in command.parameters]
    return "\n".join((*lines, ""))


def _who(command: AnyCommand) -> str:
    top = command.root_parent or command
    if top.default_permissions is None:
        return "everybody: in servers, in direct messages, and wherever they installed the bot for themselves"
    who = "those in charge of the bot" if is_for_owners(command) else "those who manage the server"
    return f"{who}; in servers only"


def _option(option: app_commands.Parameter, languages: dict[str, Translations]) -> str:
    name = f"**`{option.name}`**" if option.required else f"`{option.name}`"
    translated = [f"`{words.command_name(option.name)}`" for words in languages.values()]
    return _row([name, *translated, str(option.description), _takes(option)])


def _takes(option: app_commands.Parameter) -> str:
    if option.choices:
        return ", ".join(f"“{choice.name}”" for choice in option.choices)
    kind = _KINDS[option.type]
    if option.min_value is not None and option.max_value is not None:
        return f"{kind}, {option.min_value:g} to {option.max_value:g}"
    return f"{kind}, completes" if option.autocomplete else kind


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""Typed command lines such as `/recommend game:Portal 2 limit:3`, read against the synced commands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from playground.person.errors import CommandNotFound, WrongOption
from playground.person.options import find_option, shown_name
from playground.validation.commands import SUB_COMMAND, SUB_COMMAND_GROUP
from playground.world.model import Json

_OPTION = re.compile(r"(?:^|\s)([-_'\w]{1,32}):")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command by its full registered name, and the text given for each option by its registered name."""

    name: str
    options: dict[str, str]


def parse(line: str, commands: Sequence[Json], *, locale: str = "en-US") -> CommandLine:
    """Read a command line.

    Args:
        line: the name, then `option:value` pairs; a value goes on to the next known `option:`.
            A command with one required option, or one option in all, also takes its value without the name.
        commands: command objects as Discord stores them.
        locale: names in this language are understood as well as the registered ones.

    Raises:
        CommandNotFound: no such command; the text names the closest ones.
        WrongOption: an option the command does not have, or one given twice.
    """
    words = line.strip().removeprefix("/")
    command, path, rest = _find_command(words, commands, locale)
    name = " ".join(path)
    options = [option for option in command.get("options", []) if option["type"] > SUB_COMMAND_GROUP]
    lead, pairs = _split(rest, options, locale)
    values: dict[str, str] = {}
    if lead:
        option = _only_option(options)
        if option is None:
            hint = ", ".join(f"{shown_name(option, locale)}:" for option in options)
            raise WrongOption(
                f"/{name} takes its options by name ({hint}), not {lead!r}"
                if options
                else f"/{name} takes no options"
            )
        values[option["name"]] = lead
    for key, value in pairs:
        option = find_option(options, key, locale)
        assert option is not None
        if option["name"] in values:
            raise WrongOption(f"the option {key!r} of /{name} is given twice")
        values[option["name"]] = value
    return CommandLine(name, values)


def leaf_names(commands: Sequence[Json]) -> list[str]:
    """Return the full names of everything that can be typed, subcommands included."""
    names: list[str] = []
    for command in commands:
        inner = _subcommands(command)
        names += [f"{command['name']} {name}" for name in leaf_names(inner)] if inner else [command["name"]]
    return names


def _find_command(words: str, commands: Sequence[Json], locale: str) -> tuple[Json, list[str], str]:
    level, path, rest = list(commands), list[str](), words
    while True:
        word, _, after = rest.partition(" ")
        found = next((c for c in level if word.lower() in (c["name"], shown_name(c, locale))), None)
        if found is None:
            asked = " ".join([*path, word]).strip()
            raise CommandNotFound(asked, leaf_names(commands))
        path.append(found["name"])
        rest = after.strip()
        level = _subcommands(found)
        if not level:
            return found, path, rest


def _subcommands(command: Json) -> list[Json]:
    return [
        option for option in command.get("options", []) if option["type"] in (SUB_COMMAND, SUB_COMMAND_GROUP)
    ]


def _split(rest: str, options: list[Json], locale: str) -> tuple[str, list[tuple[str, str]]]:
    # Only names of real options separate values, so that "game:Half-Life 2: Episode One" stays whole.
    marks = [found for found in _OPTION.finditer(rest) if find_option(options, found[1].lower(), locale)]
    _refuse_misspelt(rest, options, locale)
    lead = rest[: marks[0].start()].strip() if marks else rest.strip()
    pairs = []
    for position, mark in enumerate(marks):
        end = marks[position + 1].start() if position + 1 < len(marks) else len(rest)
        pairs.append((mark[1].lower(), rest[mark.end() : end].strip()))
    return lead, pairs


def _only_option(options: list[Json]) -> Json | None:
    required = [option for option in options if option.get("required")]
    for candidates in (required, options):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _refuse_misspelt(rest: str, options: list[Json], locale: str) -> None:
    first = _OPTION.match(rest)
    if first is None or find_option(options, first[1].lower(), locale):
        return
    names = [shown_name(option, locale) for option in options]
    registered = [option["name"] for option in options]
    close = get_close_matches(first[1].lower(), [*names, *registered], n=1)
    if close or (options and _only_option(options) is None):
        hint = f"did you mean {close[0]}:?" if close else "its options: " + ", ".join(names)
        raise WrongOption(f"there is no option {first[1]}:; {hint}")

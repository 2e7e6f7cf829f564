"""Writes the reference of the command line, `docs/cli.md`, from the commands; `make docs` runs it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from bot.cli.app import app

FILE = Path(__file__).parents[1] / "docs" / "cli.md"

_HEAD = """\
# The command line

`make docs` writes this page from the commands themselves. `nextplay COMMAND --help` says the same at
a terminal. What is the same at every run is in [settings.md](settings.md). A command that cannot do its work
says why in one sentence and exits with code 1.

`nextplay --install-completion` makes the shell complete commands and options with the Tab key, from its next
start on; `nextplay --show-completion` prints what it would add.
"""


def main() -> None:
    """Write the page."""
    FILE.write_text(render(), encoding="utf-8")


def render() -> str:
    """Return the page as it should be."""
    root = typer.main.get_command(app)
    own = [line for line in _parameters(root) if line]
    sections = ["\n".join(_section(name, command)) for name, command in _commands("nextplay", root)]
    return "\n".join([_HEAD, *own, "", *sections])


def _commands(path: str, group: Any) -> Iterator[tuple[str, Any]]:
    """Yield every command that can be run, with its full name, in the order of the help."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(f"{path} {name}", command)
        else:
            yield f"{path} {name}", command


def _section(name: str, command: Any) -> Iterator[str]:
    yield f"## {name}\n"
    yield f"```console\n{' '.join([name, *map(_usage, command.params)])}\n```\n"
    yield from (f"{paragraph}\n" for paragraph in command.help.split("\n\n"))
    parameters = list(_parameters(command))
    if parameters:
        yield from [*parameters, ""]


def _parameters(command: Any) -> Iterator[str]:
    if command.params:
        yield "| argument or option | default | meaning |"
        yield "|---|---|---|"
        for parameter in command.params:
            yield f"| {_names(parameter)} | {_default(parameter)} | {parameter.help} |"


def _usage(parameter: Any) -> str:
    if _is_option(parameter):
        name = "/".join([*parameter.opts, *parameter.secondary_opts])
        return f"[{name}]" if _is_flag(parameter) else f"[{name} {parameter.name.upper()}]"
    name = parameter.name.upper() + ("..." if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _names(parameter: Any) -> str:
    if not _is_option(parameter):
        return f"`{parameter.name.upper()}`"
    return ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])


def _default(parameter: Any) -> str:
    if isinstance(parameter.show_default, str):
        return f"`{parameter.show_default}`"
    if parameter.required:
        return "must be given"
    if _is_flag(parameter) and parameter.secondary_opts:
        return f"`{(parameter.opts if parameter.default else parameter.secondary_opts)[0]}`"
    return "" if parameter.default in (None, False) else f"`{parameter.default}`"


def _is_option(parameter: Any) -> bool:
    return bool(parameter.opts[0].startswith("-"))


def _is_flag(parameter: Any) -> bool:
    return bool(getattr(parameter, "is_flag", False))


if __name__ == "__main__":
    main()

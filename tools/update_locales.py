"""Brings the catalogues in `locales/` up to date with the words in the code; `make locales` runs it.

Words that are new stand in each catalogue without a translation, words that are gone are dropped; the tests
fail until nothing is missing. With the code of a language (`fr`, `pt_BR`) a catalogue for it is begun.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from discord import app_commands

from commands import registry
from localization.translations import COMMAND_NAME

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "locales"

_WIDTH = 110
_HEADER = """\
# Words of Nextplay. docs/languages.md says how to translate them.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

"""

Command = app_commands.Command[Any, ..., Any] | app_commands.Group


def messages() -> Catalog:
    """Return every message of the project, untranslated: those in calls, and those of the command tree."""
    found = Catalog()
    for package in ("bot", "charts", "commands", "localization", "report"):
        for file, _, message, _, context in extract_from_dir(
            ROOT / package,
            method_map=[("**.py", "tools.update_locales:calls"), ("**.j2", "jinja2.ext:babel_extract")],
            keywords={"gettext": None, "ngettext": (1, 2)},
        ):
            found.add(message, locations=[(f"{package}/{file}", 0)], context=context)
    for message, context in _of_commands(registry.collect().commands):
        found.add(message, locations=[("commands", 0)], context=context)
    return found


def calls(
    source: IO[bytes], keywords: Iterable[str], _tags: object, options: object
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Extract the calls in a Python file for Babel, whose own method misses a call within another."""
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in keywords:
            words = tuple(_text(argument) for argument in node.args)
            if words[0] is not None:
                yield node.lineno, node.func.attr, words, []


def _text(argument: ast.expr) -> str | None:
    value = argument.value if isinstance(argument, ast.Constant) else None
    return value if isinstance(value, str) else None


def _of_commands(commands: Iterable[Command]) -> Iterator[tuple[str, str | None]]:
    for command in commands:
        yield command.name, COMMAND_NAME
        yield command.description, None
        if isinstance(command, app_commands.Group):
            yield from _of_commands(command.commands)
            continue
        for option in command.parameters:
            yield option.name, COMMAND_NAME
            yield str(option.description), None
            for choice in option.choices:
                yield choice.name, None


def read(file: Path) -> Catalog:
    """Read one catalogue."""
    with file.open("rb") as source:
        return read_po(source, locale=file.stem)


def write(file: Path, catalogue: Catalog) -> None:
    """Write one catalogue, in the order of the code, without line numbers, which change with every edit."""
    with file.open("wb") as target:
        target.write(_HEADER.format(language=file.stem, plurals=catalogue.plural_forms).encode())
        write_po(
            target,
            catalogue,
            width=_WIDTH,
            omit_header=True,
            include_lineno=False,
            ignore_obsolete=True,
            sort_by_file=True,
        )


def is_translated(message: Message) -> bool:
    """Return whether a message has words, in every plural form."""
    words = (message.string,) if isinstance(message.string, str) else message.string or ()
    return bool(words) and all(words)


def main(languages: list[str]) -> None:
    """Update every catalogue, and begin those of `languages`."""
    template = messages()
    for file in sorted({*LOCALES.glob("*.po"), *(LOCALES / f"{code}.po" for code in languages)}):
        catalogue = read(file) if file.exists() else Catalog(locale=file.stem)
        catalogue.update(template, no_fuzzy_matching=True)
        write(file, catalogue)
        missing = sum(1 for message in catalogue if message.id and not is_translated(message))
        print(f"{file.name}: {len(catalogue)} messages, {missing} to translate")


if __name__ == "__main__":
    main(sys.argv[1:])

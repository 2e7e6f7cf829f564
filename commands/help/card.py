"""The card of `/help`."""

from collections.abc import Mapping
from dataclasses import dataclass

from commands.core.card import Card
from localization.markdown import Markdown
from localization.translations import Texts


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, what it does, and the options of an example."""

    name: str
    description: str
    example: Mapping[str, str]


def overview(entries: tuple[Entry, ...], texts: Texts) -> Card:
    """Each command by an example that can be typed as it stands."""
    return Card(
        title=texts.gettext("What you can ask"),
        lines=(
            *(_line(entry, texts) for entry in entries),
            texts.gettext("Names complete as you type; a name you do not pick is looked up all the same."),
        ),
    )


def _line(entry: Entry, texts: Texts) -> Markdown:
    name = " ".join(texts.command_name(word) for word in entry.name.split(" "))
    options = "".join(f" {texts.command_name(key)}:{value}" for key, value in entry.example.items())
    return Markdown(f"`/{name}{options}`\n{texts.gettext(entry.description)}")

"""The card of `/help`."""

from collections.abc import Mapping
from dataclasses import dataclass

from commands.core.card import Card
from localization.markdown import Markdown
from localization.translations import Translations


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, what it does, and the options of an example."""

    name: str
    description: str
    example: Mapping[str, str]


def overview(entries: tuple[Entry, ...], translations: Translations) -> Card:
    """Each command by an example that can be typed as it stands."""
    return Card(
        title=translations.gettext("What you can ask"),
        lines=(
            *(_line(entry, translations) for entry in entries),
            translations.gettext(
                "Names complete as you type; a name you do not pick is looked up all the same."
            ),
        ),
    )


def _line(entry: Entry, translations: Translations) -> Markdown:
    name = " ".join(translations.command_name(word) for word in entry.name.split(" "))
    options = "".join(f" {translations.command_name(key)}:{value}" for key, value in entry.example.items())
    return Markdown(f"`/{name}{options}`\n{translations.gettext(entry.description)}")

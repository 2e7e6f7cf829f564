"""What options of several commands have in common."""

from typing import Any, Final

from discord import app_commands

from store.queries import Discovery

# The years that a release date or a review can be of.
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2049

Year = app_commands.Range[int, 1970, 2049]

MaxPrice = app_commands.Range[float, 0, 1000]

# The descriptions of the options that decide which games may be suggested.
FILTER_OPTIONS: Final = {
    "genre": "Only games of this genre, tag or way to play; several with commas between them",
    "max_price": "Only games that cost at most this many US dollars",
    "free": "Only free games",
    "since": "Only games released in this year or later",
    "finished": "No early access games",
    "discovery": "How well known the games should be",
}
DISCOVERIES: Final = [
    app_commands.Choice(name="Popular games", value=Discovery.POPULAR.value),
    app_commands.Choice(name="A balance", value=Discovery.BALANCED.value),
    app_commands.Choice(name="Hidden gems", value=Discovery.HIDDEN_GEMS.value),
]

_EXAMPLE = "example"


def example(**options: str) -> dict[Any, Any]:
    """Return the extras of a command that help shows with these options filled in."""
    return {_EXAMPLE: options}


def example_of(command: app_commands.Command[Any, ..., Any]) -> dict[str, str]:
    """Return the options of the command's example; none where it takes none."""
    options: dict[str, str] = command.extras.get(_EXAMPLE, {})
    return options

"""What options of several commands have in common."""

from typing import Any, Final

from discord import app_commands

from store.models import DeckRating
from store.queries import Discovery, PlayMode

# The years that a release date or a review can be of.
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2049

Year = app_commands.Range[int, 1970, 2049]

MaxPrice = app_commands.Range[float, 0, 1000]

# The descriptions of the options that decide which games may be listed.
FILTER_OPTIONS: Final = {
    "genre": "Only games of this genre, tag or way to play; several with commas between them",
    "without": "No games of this genre, tag or way to play; several with commas between them",
    "max_price": "Only games that cost at most this many US dollars",
    "free": "Only free games",
    "since": "Only games released in this year or later",
    "until": "Only games released in this year or earlier",
    "finished": "No early access games",
    "mode": "How the games are played: alone, or with others",
    "deck": "Only games that run on the Steam Deck",
}
DISCOVERY_OPTION: Final = {"discovery": "How well known the games should be"}
MODES: Final = [
    app_commands.Choice(name="Alone", value=PlayMode.ALONE.value),
    app_commands.Choice(name="With others", value=PlayMode.MULTIPLAYER.value),
    app_commands.Choice(name="Co-op", value=PlayMode.CO_OP.value),
    app_commands.Choice(name="Online", value=PlayMode.ONLINE.value),
    app_commands.Choice(name="On one screen", value=PlayMode.ONE_SCREEN.value),
    app_commands.Choice(name="Massively multiplayer", value=PlayMode.MASSIVE.value),
]
DECK_RATINGS: Final = [
    app_commands.Choice(name="Verified", value=DeckRating.VERIFIED.value),
    app_commands.Choice(name="Verified or playable", value=DeckRating.PLAYABLE.value),
]
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

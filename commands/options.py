"""What options of several commands have in common."""

from typing import Any, Final

from discord import app_commands

# The years that a release date or a review can be of.
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2049

Year = app_commands.Range[int, 1970, 2049]

_EXAMPLE = "example"


def example(**options: str) -> dict[Any, Any]:
    """Return the extras of a command that help shows with these options filled in."""
    return {_EXAMPLE: options}


def example_of(command: app_commands.Command[Any, ..., Any]) -> dict[str, str]:
    """Return the options of the command's example; none where it takes none."""
    options: dict[str, str] = command.extras.get(_EXAMPLE, {})
    return options

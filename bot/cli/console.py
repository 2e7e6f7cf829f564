"""Printing text that may contain names and paths with any characters."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console  # most commands print a line, and load nothing of it


def console(*, stderr: bool = False) -> "Console":
    """Return a console that prints text as it is, without Rich's markup (`[red]`) and emoji (`:dog:`)."""
    from rich.console import Console  # most commands print a line, and load nothing of it

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)

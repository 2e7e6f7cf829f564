"""Printing what may hold names and paths of any signs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console  # most commands print a line, and load nothing of it


def console(*, stderr: bool = False) -> "Console":
    """Return a console that prints every sign as it is: neither `[red]` nor `:dog:` is anything else."""
    from rich.console import Console  # most commands print a line, and load nothing of it

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)

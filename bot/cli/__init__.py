"""The `nextplay` command line."""

import gc
import sys


def main() -> None:
    """Run one command; an error that a person can fix is one sentence on standard error, and a code."""
    # Nothing of what modules make is garbage: looking through all of it takes a fifth of a short command.
    gc.disable()
    import typer

    from bot.cli.app import app
    from store import NextplayError

    gc.freeze()
    gc.enable()
    try:
        app()
    except NextplayError as error:
        typer.echo(f"nextplay: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)

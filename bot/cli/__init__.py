"""The `nextplay` command line."""

import gc
import io
import sys

# Nothing of what modules make is garbage: looking through it at Python's usual threshold, as it grows, takes
# a fifth of a short command.
_NEW_OBJECTS = 50_000


def main() -> None:
    """Run one command; an error that a person can fix is one sentence on standard error, and a code."""
    gc.set_threshold(_NEW_OBJECTS)
    import typer

    from bot.cli.app import app

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # some terminals cannot encode every letter
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        from bot.system_refusals import sentence_about

        typer.echo(f"nextplay: {sentence_about(error)}", err=True)
        sys.exit(1)
    except Exception as error:
        # Imported here: help needs nothing of the store.
        from store import NextplayError

        if not isinstance(error, NextplayError):
            raise
        typer.echo(f"nextplay: {error}", err=True)
        sys.exit(error.exit_code)

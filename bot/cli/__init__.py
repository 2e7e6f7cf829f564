"""The `nextplay` command line."""

import gc
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Nothing of what modules make is garbage: looking through it at Python's usual threshold, as it grows, takes
# a fifth of a short command.
_NEW_OBJECTS = 50_000


def _is_text(argument: str) -> bool:
    """Return whether an argument was UTF-8: what was not can be neither stored nor sent."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Output(io.TextIOWrapper):
    """Standard output, whose errors say that they are of it."""

    def write(self, text: str) -> int:
        with _named():
            return super().write(text)

    def flush(self) -> None:
        with _named():
            super().flush()


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        error.filename = "The output"
        raise


def _name_output() -> None:
    """Tell an output that cannot be written from other files, and escape letters that it lacks."""
    if sys.stdout is sys.__stdout__ and isinstance(sys.stdout, io.TextIOWrapper):
        encoding, is_by_line = sys.stdout.encoding, sys.stdout.line_buffering
        sys.stdout = _Output(
            sys.stdout.detach(), encoding, errors="backslashreplace", line_buffering=is_by_line
        )


def main() -> None:
    """Run one command; an error that a person can fix is one sentence on standard error, and a code."""
    gc.set_threshold(_NEW_OBJECTS)
    try:
        _run()
    except KeyboardInterrupt:
        sys.exit(130)


def _run() -> None:
    import typer

    from bot.cli.app import app

    if not all(map(_is_text, sys.argv)):
        typer.echo(
            "nextplay: An argument holds bytes that are not UTF-8; type it again, or rename the file.",
            err=True,
        )
        sys.exit(1)
    _name_output()
    try:
        app()
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

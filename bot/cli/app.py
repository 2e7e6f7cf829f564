"""All commands, as one application.

Each imports what it needs when it runs: the bot's own process must not carry what only ingest uses, and help
needs none of it.
"""

from typing import Annotated

import typer

from bot.cli import database, doctor, evaluation, output, refresh, run, steam, users

app = typer.Typer(
    name="nextplay",
    help="A Discord bot over a local store of Steam data: what to play next, and what the numbers say.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
refresh.add_to(app)
run.add_to(app)
database.add_to(app)
doctor.add_to(app)
output.add_to(app)
evaluation.add_to(app)
steam.add_to(app)
users.add_to(app)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        from importlib.metadata import version

        typer.echo(f"nextplay {version('nextplay')}")
        raise typer.Exit


@app.callback()
def nextplay(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version, and exit."
        ),
    ] = False,
) -> None:
    """Take what stands before a command."""

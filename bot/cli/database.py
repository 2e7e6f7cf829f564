"""Commands that tend the files of the store and of user data."""

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (backup, restore):
        app.command()(command)
    database = typer.Typer(help="Tend the database.", no_args_is_help=True)
    database.command("upgrade")(upgrade)
    database.command("accept-loss")(accept_loss)
    app.add_typer(database, name="db")


def backup() -> None:
    """Copy the store, and what people stored through the bot, while both are in use."""
    from bot.published.opening import open_store
    from bot.settings import load_settings
    from store.backup import backup as copy

    settings = load_settings()
    database = open_store(settings)
    # A published store is where it was published; what people stored is here alone.
    for part in database.files if settings.store is None else database.files[1:]:
        of_people = database.user_data_file
        if part is of_people and not of_people.file.exists() and not of_people.is_lost:
            typer.echo("Nobody has stored anything through the bot yet, so there is no file of that.")
            continue
        made = copy(part, settings.backup_folder, keep=settings.backups_kept)
        typer.echo(f"Backed up to {made}.")
    if settings.user_data:
        typer.echo(
            "What people stored is on the server: `nextplay users copy server FILE` or pg_dump backs it up."
        )


def restore(
    file: Annotated[
        Path, typer.Argument(help="A backup; its name says whether of the data or of people's own.")
    ],
) -> None:
    """Put a backup in place of what there is, which is itself backed up first."""
    from bot.published.opening import open_store, require_own_store
    from bot.settings import load_settings
    from store import NextplayError
    from store.backup import list_backups
    from store.backup import restore as put_back
    from store.files.migration import MigrationBranch

    settings = load_settings()
    database = open_store(settings)
    of_people = file.resolve() in {
        known.path.resolve() for known in list_backups(file.resolve().parent, MigrationBranch.USER_DATA)
    }
    if not of_people:
        require_own_store(settings)
    elif settings.user_data:
        raise NextplayError(
            f"What people stored is on the server; put {file} there by `nextplay users copy FILE server`."
        )
    part = database.user_data_file if of_people else database
    restored = put_back(part, file, folder=settings.backup_folder)
    was = f"; what was there is in {restored.previous}" if restored.previous else ""
    typer.echo(f"Restored from {restored.source}{was}.")


def upgrade() -> None:
    """Create the database, or bring its tables to this version of Nextplay."""
    from bot.published.opening import open_store
    from bot.settings import load_settings
    from store.errors import UserDataUnavailable
    from store.files.refill import WAITS_FOR_REFRESH, awaits_refill

    settings = load_settings()
    database = open_store(settings)
    database.upgrade()
    problem = database.user_data.problem()
    if problem is not None:
        raise UserDataUnavailable(problem)
    said = f"The database {settings.database} is up to date."
    if settings.store is None:
        with database.reader() as session:
            if awaits_refill(session):
                said += f" {WAITS_FOR_REFRESH}"
    typer.echo(said)


def accept_loss() -> None:
    """Go on without what people stored, where its file is lost or damaged: all players are shown again.

    What is there is set aside in the backup folder. A sound file of another installation is kept, and used.
    """
    from datetime import UTC, datetime

    from bot.published.opening import open_store
    from bot.settings import load_settings
    from store import NextplayError
    from store.backup import damaged_name
    from store.backup.obstacles import explained

    settings = load_settings()
    database = open_store(settings)
    database.upgrade()
    if database.user_data.problem() is None:
        raise NextplayError("Nothing is lost: what people stored is sound, and belongs to the store.")
    with explained("The loss was not accepted"):
        aside = database.user_data.start_over(damaged_name(settings.backup_folder, datetime.now(UTC)))
    was = f"; what was there is in {aside}" if aside else ""
    place = "The server" if settings.user_data else database.user_data_file.file
    typer.echo(f"{place} is used from now on{was}.")

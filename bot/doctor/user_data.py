"""Whether what people stored can be used, and is closed to others."""

from collections.abc import Iterator
from dataclasses import replace

from bot.doctor.files import check_file
from bot.findings import Finding, Severity
from bot.published.opening import open_store
from bot.settings import Settings
from store import Database, StoreError
from store.user_data.exposure import open_files


def check_user_data(settings: Settings) -> Iterator[Finding]:
    """Look whether what people stored can be used, and whether others on the machine may read it."""
    database = open_store(settings)
    beside = database.user_data_file
    file = beside.file
    try:
        if settings.user_data is not None:
            yield from _check_server(database)
        elif file.exists() or beside.is_lost:
            yield _no_player_shown(check_file(beside, "user data"))
    finally:
        database.close()
    readable = open_files(file, settings.backup_folder)
    if readable:
        yield Finding(
            Severity.WARNING,
            "user data",
            f"Others on this machine may read {', '.join(map(str, readable))}; `nextplay run` closes them, "
            "or run `chmod 600` as their owner.",
        )


def _check_server(database: Database) -> Iterator[Finding]:
    """Look whether what people stored on a server can be used, and whether a file has it still."""
    try:
        problem = database.user_data.problem()
    except StoreError as error:
        problem = str(error)
    if problem is None:
        yield Finding(Severity.GOOD, "user data", "The PostgreSQL server has them, sound and of this store.")
    else:
        yield _no_player_shown(Finding(Severity.FAILURE, "user data", problem))
    if database.user_data_file.file.exists() and database.user_data_file.is_in_use():
        yield Finding(
            Severity.WARNING,
            "user data",
            f"{database.user_data_file.file} holds what people stored, too, and nothing is erased from it;"
            " delete it once you need it no longer.",
        )


def _no_player_shown(found: Finding) -> Finding:
    return replace(found, text=found.text + " No player is shown until then.") if found.is_failure else found

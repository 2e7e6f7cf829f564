"""Running the Alembic migrations, from a checkout and from an installed wheel alike."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from store.errors import DatabaseUnavailable


def scripts() -> Path:
    """Return the folder of the migrations: inside the installed package, or the checkout's `alembic/`."""
    installed = Path(__file__).parent / "migrations"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "alembic"


def config() -> Config:
    """Return the Alembic configuration, without an address: the connection is handed over."""
    settings = Config()
    settings.set_main_option("script_location", scripts().as_posix().replace("%", "%%"))
    return settings


@cache
def head() -> str:
    """Return the revision that this version of the program works with."""
    revision = ScriptDirectory.from_config(config()).get_current_head()
    assert revision is not None
    return revision


def upgrade(connection: Connection) -> None:
    """Bring the database behind `connection` to the newest revision, in one transaction."""
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def require_current(connection: Connection, file: Path) -> None:
    """Raise DatabaseUnavailable unless the database has the tables of this version of the program."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        raise DatabaseUnavailable(f"The database {file} is empty; fill it with `nextplay refresh FOLDER`.")
    if current != head():
        raise DatabaseUnavailable(
            f"The database {file} is of another version of Nextplay; run `nextplay db upgrade` first."
        )

"""`alembic check` on fresh databases: the migrations give exactly the tables and views that the code has.

Alembic itself compares tables alone.
"""

import sys
import tempfile
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from store import Database
from store.dialect import VIEWS, writer_engine
from store.files import migration
from store.files.migration import MigrationBranch

_VIEWS = {MigrationBranch.DATA: {view.name: view.create for view in VIEWS}, MigrationBranch.USER_DATA: {}}


def main() -> None:
    """Raise if a model and its migrations differ, or exit if a view and its migrations do."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "empty.sqlite3")
        database.upgrade()
        database.close()
        for file in (database, database.user_data_file):
            engine = writer_engine(file.file)
            with engine.connect() as connection:
                migration.check(connection, file.branch)
                if _views(connection) != _VIEWS[file.branch]:
                    sys.exit(f"The views of {file.branch} are not those that the code describes.")
            engine.dispose()


def _views(connection: Connection) -> dict[str, str | None]:
    """Return the statement that created each view."""
    inspector = inspect(connection)
    return {name: inspector.get_view_definition(name) for name in inspector.get_view_names()}


if __name__ == "__main__":
    main()

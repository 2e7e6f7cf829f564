"""`alembic check` on fresh databases: the migrations give exactly the tables that the models describe."""

import tempfile
from pathlib import Path

from store import Database, migration
from store.dialect import writer_engine


def main() -> None:
    """Raise if a model and its migrations differ."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "empty.sqlite3")
        database.upgrade()
        database.close()
        for file in (database, database.user_data):
            engine = writer_engine(file.file)
            with engine.connect() as connection:
                migration.check(connection, file.branch)
            engine.dispose()


if __name__ == "__main__":
    main()

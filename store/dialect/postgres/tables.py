"""Tables of PostgreSQL as a whole: their numbering, their dead rows, and setting them aside."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Engine, Table, func, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateSchema

# Rewriting a table of this size takes less than a second, for which it can be neither read nor written.
_BYTES_TO_REWRITE = 64 << 20
_LOCK_TIMEOUT = "1s"


def vacuum(engine: Engine, tables: Iterable[Table]) -> bool:
    """Remove deleted rows, which stay in the files until then; return whether that was done.

    Tables of up to 64 MB are rewritten without them. Larger ones keep their files, in which the place of
    these rows is free. Whoever reads or writes for long puts it off.
    """
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"SET lock_timeout = '{_LOCK_TIMEOUT}'"))
            try:
                for table in tables:
                    name = connection.dialect.identifier_preparer.format_table(table)
                    size = connection.execute(select(func.pg_total_relation_size(name))).scalar_one()
                    full = "(FULL) " if size <= _BYTES_TO_REWRITE else ""
                    connection.execute(text(f"VACUUM {full}{name}"))
            finally:
                connection.execute(text("RESET lock_timeout"))
    except DBAPIError:
        return False
    return True


def restart_numbering(connection: Connection, tables: Iterable[Table]) -> None:
    """Have the tables that number their rows by themselves go on after the largest number."""
    for table in tables:
        column = table.autoincrement_column
        if column is None:
            continue
        name = connection.dialect.identifier_preparer.format_table(table)
        sequence = select(func.pg_get_serial_sequence(name, column.name)).scalar_subquery()
        after = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
        connection.execute(select(func.setval(sequence, after, False)))


def move_to_schema(connection: Connection, schema: str, tables: Sequence[str]) -> None:
    """Move those of the tables that there are into a new schema of the same database."""
    quote = connection.dialect.identifier_preparer.quote
    connection.execute(CreateSchema(schema))
    for name in set(inspect(connection).get_table_names()).intersection(tables):
        connection.execute(text(f"ALTER TABLE {quote(name)} SET SCHEMA {quote(schema)}"))

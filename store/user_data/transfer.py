"""Copying what people stored from a file to a server, or back: all of it or nothing, checked row by row."""

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import Table, exists, insert, select
from sqlalchemy.orm import Session

from store.errors import CopyRefused
from store.user_data import seal
from store.user_data.file import UserDataFile
from store.user_data.models import AskedGame, Installation, UserDataBase
from store.user_data.server import UserDataServer

# What is not copied, and may be in the target: its own mark, in whose place comes that of the source, and how
# often which game is asked about, which is nobody's and old in days.
_LEFT = {Installation.__tablename__, AskedGame.__tablename__}
_COPIED = tuple(table for table in UserDataBase.metadata.sorted_tables if table.name not in _LEFT)
_ROWS_AT_ONCE = 10_000
_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class TableCopied:
    """A table that was copied, with its number of rows and the SHA-256 of what they hold."""

    name: str
    rows: int
    sha256: str


def copy_user_data(
    source: UserDataFile | UserDataServer, target: UserDataFile | UserDataServer
) -> tuple[TableCopied, ...]:
    """Copy everything that people stored, in one transaction; the tables of the target are made if need be.

    What is written to the source meanwhile is not in the copy. The store takes the target for its own, as it
    takes the source.

    Returns:
        What was copied, by table; read back from the target, with the counts and digests of the source.

    Raises:
        CopyRefused: The target holds something already, or would hold something else than the source.
        DatabaseUnavailable: One of them cannot be read, trusted or written.
    """
    with source.reader(seconds=_SECONDS) as reading:
        target.adopt()
        with target.unchecked_writer() as writing:
            _require_empty(writing)
            for table in _COPIED:
                _copy_rows(table, reading, writing)
            writing.flush()
            seal.set_mark(writing, seal.mark_of(reading))
            seal.begin_changes(writing)
            seal.renew(writing)
            target.restart_numbering(writing)
            return tuple(_compared(table, reading, writing) for table in _COPIED)


def _require_empty(session: Session) -> None:
    full = [table.name for table in _COPIED if session.scalar(select(exists().select_from(table)))]
    if full:
        raise CopyRefused(
            f"Nothing was copied: there is something in {', '.join(full)} of the target already; "
            "name a database that is empty."
        )


def _copy_rows(table: Table, reading: Session, writing: Session) -> None:
    found = reading.execute(select(table).execution_options(yield_per=_ROWS_AT_ONCE))
    for rows in found.mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in rows])


def _compared(table: Table, reading: Session, writing: Session) -> TableCopied:
    there, here = _described(table, reading), _described(table, writing)
    if there != here:
        raise CopyRefused(
            f"Nothing was copied: the rows of {table.name} would not be the same in the target; "
            "look what else is writing there."
        )
    return here


def _described(table: Table, session: Session) -> TableCopied:
    """Count and digest the rows of a table, as Python reads them from any database."""
    digest, count = hashlib.sha256(), 0
    ordered = select(table).order_by(*table.primary_key).execution_options(yield_per=_ROWS_AT_ONCE)
    for row in session.execute(ordered):
        digest.update(json.dumps(tuple(row), sort_keys=True, default=repr).encode())
        count += 1
    return TableCopied(table.name, count, digest.hexdigest())

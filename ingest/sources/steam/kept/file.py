"""The file that Steam's answers are kept in."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from ingest.errors import SourceError
from ingest.runtime.run_lock import held
from ingest.sources.steam.kept.marks import mark, set_mark
from ingest.sources.steam.kept.models import KeptBase, Mark
from store import dialect
from store.files import private_files

# Of the tables; a file of another version is not touched.
_VERSION = "1"
_VERSION_MARK = "version"
_AUTHOR_KEY = "author key"
_KEY_BYTES = 32


class KeptFile:
    """A SQLite file that its owner alone may read; what a transaction wrote survives whatever follows."""

    def __init__(self, file: Path) -> None:
        """Name the file; nothing is opened yet."""
        self.file = file

    @cached_property
    def _engine(self) -> Engine:
        return dialect.writer_engine(self.file)

    def prepare(self) -> None:
        """Create the file or make sure that it is one of this version.

        Raises:
            SourceError: It is not, or cannot be written.
        """
        try:
            private_files.make_folder(self.file.parent)
            private_files.ensure(self.file)
        except OSError as error:
            raise SourceError(
                f"What Steam says cannot be kept in {self.file}: {error.strerror or error};"
                f" check the folder and its rights."
            ) from error
        with self.writer() as session:
            KeptBase.metadata.create_all(session.connection())
            version = mark(session, _VERSION_MARK)
            if version is None:
                set_mark(session, _VERSION_MARK, _VERSION)
                set_mark(session, _AUTHOR_KEY, secrets.token_hex(_KEY_BYTES))
            elif version != _VERSION:
                raise SourceError(
                    f"{self.file} was made by another version of Nextplay; move it away, and all is fetched"
                    f" again."
                )

    @contextmanager
    def writer(self) -> Iterator[Session]:
        """Open a session that commits when the block ends, and rolls back when the block raises.

        Raises:
            SourceError: The file cannot be read or written.
        """
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except DatabaseError as error:
            raise SourceError(
                f"What was kept of Steam in {self.file} cannot be used: {error.orig}; check the disk, or move"
                f" the file away, and all is fetched again."
            ) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs from asking Steam at the same time.

        Raises:
            SourceError: One does.
        """
        with held(self.file.with_name(f"{self.file.name}.lock")) as is_ours:
            if not is_ours:
                raise SourceError("Another run is asking Steam at the moment; wait until it has ended.")
            yield

    @cached_property
    def author_key(self) -> bytes:
        """The key of the hashes that stand for authors."""
        with self.writer() as session:
            return bytes.fromhex(session.scalars(select(Mark.value).where(Mark.name == _AUTHOR_KEY)).one())

    def close(self) -> None:
        """Close all connections."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

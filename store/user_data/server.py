"""What people stored on a PostgreSQL server, which processes on several machines share."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from store.dialect import postgres
from store.dialect.postgres import Trouble
from store.errors import (
    DatabaseUnavailable,
    DriverMissing,
    NotWritten,
    OutcomeUnknown,
    StoreError,
    UserDataUnavailable,
)
from store.files import migration
from store.files.migration import MigrationBranch, TablesState
from store.user_data import erasure, repository, seal
from store.user_data.database import ForgottenListener
from store.user_data.models import UserDataBase
from store.user_data.server_trouble import DECIDE, NAME, ServerTrouble, sentence
from store.user_data.server_watch import ServerWatch, changed, forgotten
from store.user_data.store_mark import StoreMark
from store.user_data.trust import Trust

_BRANCH = MigrationBranch.USER_DATA
_REMEDY = "create it with `nextplay db upgrade`"
# Nobody waits in Discord for a reader that has this many seconds.
_PATIENCE = 60.0
# Whoever changes links, seals all of them: one at a time.
_WRITING, _UPGRADING = "write", "upgrade"


class UserDataServer:
    """What people stored through the bot, in the tables of a PostgreSQL database.

    It is trusted as the file is: `store.user_data.database.UserDatabase` says what the methods do.
    """

    def __init__(self, address: postgres.Address, mark: StoreMark) -> None:
        """Name the database that belongs to the store of `mark`; nothing is opened yet.

        Raises:
            DriverMissing: psycopg is not installed.
        """
        if not postgres.is_installed():
            raise DriverMissing(
                "NEXTPLAY_USER_DATABASE takes a driver that is not installed;"
                " install it with `pip install 'nextplay[postgres]'`."
            )
        self._address = address
        self._mark = mark
        self._trust = Trust(mark, NAME, DECIDE)
        self._watch = ServerWatch(address, self._upgrade_if_missed)
        self._trouble = ServerTrouble(address, self._watch.report_trouble)
        self._upgrade_was_missed = False
        self._rows_to_wipe = False
        self._current_at: object = None

    @cached_property
    def _readers(self) -> Engine:
        return postgres.reader_engine(self._address, self._watch)

    @cached_property
    def _writer(self) -> Engine:
        return postgres.writer_engine(self._address, self._watch)

    @contextmanager
    def reader(self, *, seconds: float = 10.0) -> Iterator[Session]:
        """Open a read-only session. Its statements may take a second each; more only where that is a minute.

        Raises:
            UserDataUnavailable: The server is away, or what is there cannot be trusted.
            QueryTimeout: The time is up.
        """
        token = self.change_token()
        with self._trust.reading(self._reading(token, seconds), token) as session:
            yield session

    @contextmanager
    def writer(self) -> Iterator[Session]:
        """Open the writing session; it commits when the block ends and rolls back when the block raises.

        Raises:
            UserDataUnavailable: What is there cannot be trusted.
            NotWritten: The server is away, or another writer takes too long.
            OutcomeUnknown: The server went away while the change was being committed.
        """
        with self._trust.explained(), self._writing() as session:
            with self._trust.changing(session) as mark:
                yield session
            has_links, erases = seal.has_links(session), erasure.has_erased(session)
            for discord_id in erasure.forgotten_in(session):
                postgres.notify(session.connection(), forgotten(discord_id))
            postgres.notify(session.connection(), changed())
        self._rows_to_wipe = self._rows_to_wipe or erases
        if has_links:
            self._mark.write(mark)

    def change_token(self) -> tuple[int, ...]:
        """Return a value that changes whenever any process writes. Nothing is opened or waited for."""
        return (self._watch.token,)

    @property
    def has_traces(self) -> bool:
        """Whether what this process erased is still among the dead rows of its tables."""
        return self._rows_to_wipe

    def wipe(self) -> bool:
        """Remove the dead rows of what was erased; return whether that was done."""
        is_done = not self._rows_to_wipe or (
            not self._watch.is_away and postgres.vacuum(self._writer, UserDataBase.metadata.sorted_tables)
        )
        self._rows_to_wipe = not is_done
        return is_done

    def forget(self, discord_id: int) -> repository.Forgotten:
        """Erase everything that names a Discord user, and have every process forget the person.

        Raises:
            DatabaseUnavailable: As `writer` does.
        """
        with self.writer() as session:
            return repository.forget(session, discord_id)

    def problem(self) -> str | None:
        """Return why what people stored cannot be used, in a sentence; None where all is well."""
        try:
            with self.reader():
                return None
        except StoreError as error:
            return str(error)

    def upgrade(self) -> None:
        """Create the tables or bring them to this version of the program.

        Raises:
            UserDataUnavailable: The server is away, or what was there is lost; it is left as it is.
        """
        self._upgrade_was_missed = True  # until it is done
        with self._trust.explained():
            self._bring_up_to_date(may_be_lost=False)
        with self.reader() as session:
            mark, has_links = seal.mark_of(session), seal.has_links(session)
        if has_links:
            self._mark.write(mark)

    def adopt(self) -> None:
        """Go on with what whoever runs the bot has put there: have it belong to the store.

        Raises:
            DatabaseUnavailable: It cannot be written.
        """
        self._bring_up_to_date(may_be_lost=True)
        mark = self._mark.read()
        if mark:
            with self.unchecked_writer() as session:
                seal.set_mark(session, mark)

    def start_over(self, aside: Path) -> Path | None:
        """Go on without what was lost. What is sound and of another installation is kept and used.

        What is damaged is moved to a schema of the database that is called as the file `aside`.

        Raises:
            DatabaseUnavailable: The server is away, or nothing new can be made.
        """
        moved = None
        if not self._is_empty() and not self.is_sound():
            moved = Path(aside.stem)
            with self._trouble.raised_as("written", NotWritten), self._writer.begin() as connection:
                tables = [*UserDataBase.metadata.tables, migration.VERSION_TABLE]
                postgres.move_to_schema(connection, moved.name, tables)
        self.adopt()
        return moved

    def is_sound(self) -> bool:
        """Return whether the tables are there and the links those that were written last.

        Raises:
            DatabaseUnavailable: The server is away, so that nobody can tell.
        """
        try:
            with self._reading(self.change_token()) as session:
                seal.sealed_links(session)
        except (UserDataUnavailable, *migration.Unusable):
            return False
        return True

    @contextmanager
    def unchecked_writer(self) -> Iterator[Session]:
        """Open the writing session of what need not be trusted. Raises as `writer` does."""
        with self._writing() as session:
            yield session
            postgres.notify(session.connection(), changed())

    def restart_numbering(self, session: Session) -> None:
        """Have the rows that are numbered by themselves go on after the largest number."""
        postgres.restart_numbering(session.connection(), UserDataBase.metadata.sorted_tables)

    def watch(self, listener: ForgottenListener | None = None) -> None:
        """Listen from now on, in a thread, to what other processes write, and whom they forget."""
        self._watch.start(listener)

    def claim(self, name: str) -> postgres.HeldLock:
        """Return what one of the processes that share the server has at a time, by a name of letters."""
        return postgres.HeldLock(self._address, name)

    def close(self) -> None:
        """Close all connections that no session holds, and watch no longer."""
        self.wipe()
        self._watch.stop()
        for name in ("_readers", "_writer"):
            engine: Engine | None = self.__dict__.pop(name, None)
            if engine is not None:
                postgres.close(engine)

    @contextmanager
    def _reading(self, token: tuple[int, ...], seconds: float = 1.0) -> Iterator[Session]:
        self._require_server(DatabaseUnavailable)
        with (
            self._trouble.raised_as("read", DatabaseUnavailable),
            self._engine_for(seconds) as engine,
            Session(engine) as session,
        ):
            if token != self._current_at:
                migration.require_current(session.connection(), _BRANCH, NAME, _REMEDY)
                self._current_at = token
            yield session

    @contextmanager
    def _engine_for(self, seconds: float) -> Iterator[Engine]:
        if seconds < _PATIENCE:
            yield self._readers
            return
        engine = postgres.reader_engine(self._address, self._watch, seconds)
        try:
            yield engine
        finally:
            engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        self._require_server(NotWritten)
        with self._trouble.raised_as("written", NotWritten), Session(self._writer) as session:
            postgres.lock_for_transaction(session.connection(), _WRITING)
            migration.require_current(session.connection(), _BRANCH, NAME, _REMEDY)
            yield session
            session.flush()
            with self._trouble.raised_as("written", OutcomeUnknown):
                session.commit()
        self._watch.note_change()

    def _upgrade_if_missed(self) -> None:
        if self._upgrade_was_missed:
            self.upgrade()

    def _bring_up_to_date(self, *, may_be_lost: bool) -> None:
        self._require_server(DatabaseUnavailable)
        with self._trouble.raised_as("set up", DatabaseUnavailable), self._writer.connect() as connection:
            connection.detach()  # the lock ends with it
            postgres.lock_for_session(connection, _UPGRADING)
            state = migration.require_upgradable(connection, _BRANCH, NAME)
            if state is TablesState.EMPTY and self._mark.read() and not may_be_lost:
                raise UserDataUnavailable("its tables are gone")
            connection.rollback()  # Alembic begins a transaction of its own
            if state is not TablesState.CURRENT:
                migration.upgrade(connection, _BRANCH)
                with connection.begin():
                    postgres.notify(connection, changed())
        self._upgrade_was_missed = False
        self._watch.note_change()

    def _is_empty(self) -> bool:
        with self._trouble.raised_as("read", DatabaseUnavailable), self._readers.connect() as connection:
            return migration.tables_state(connection, _BRANCH) is TablesState.EMPTY

    def _require_server(self, kind: type[DatabaseUnavailable]) -> None:
        if self._watch.is_away:
            raise kind(sentence("reached", "it did not answer", Trouble.AWAY))

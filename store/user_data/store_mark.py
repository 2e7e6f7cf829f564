"""How a store knows that it has met a file of user data, and which one."""

from contextlib import suppress
from pathlib import Path

from store import dialect
from store.errors import UserDataUnavailable


class StoreMark:
    """The number of the user data that belong to a store, kept in the store itself from the first link on.

    A store that has it knows that a file of user data must exist: one that is missing or empty is lost, and
    not one of a first start. Refreshes leave it alone, and a copy of the store has it too.
    """

    def __init__(self, file: Path, *, is_trial: bool = False) -> None:
        """Look for the mark in the store `file`; in a trial none is ever written."""
        self._file = file
        self._is_trial = is_trial
        self._read_at: tuple[int, ...] = ()
        self._mark = 0

    def read(self) -> int:
        """Return the mark; 0 where the store has none, or there is no store.

        Raises:
            UserDataUnavailable: The store cannot be read.
        """
        now = self._change_token()
        if not now:
            return 0
        if now != self._read_at:
            try:
                self._mark = dialect.stored_mark(self._file)
            except dialect.DriverError as error:
                if self._mark:
                    return self._mark  # a store keeps its mark, also while a full disk prevents reading
                raise UserDataUnavailable(
                    f"The store {self._file} cannot be read, and so not whether user data are lost: {error}."
                ) from error
            self._read_at = now
        return self._mark

    def write(self, mark: int) -> None:
        """Mark a store that has no mark yet. Where a refresh is writing the store, a later write does it."""
        if not self._is_trial and self._file.is_file() and not self.read():
            self._mark = mark if dialect.write_mark(self._file, mark) else 0
            self._read_at = ()

    def _change_token(self) -> tuple[int, ...]:
        """Return a value that changes with the store; an empty one where there is none."""
        if not self._file.is_file():
            return ()
        found = []
        for part in (self._file, self._file.with_name(f"{self._file.name}-wal")):
            with suppress(OSError):
                state = part.stat()
                found += [state.st_ino, state.st_size, state.st_mtime_ns]
        return tuple(found)

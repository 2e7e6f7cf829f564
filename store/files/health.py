"""Whether a database file is sound and can be written, as sentences that say what to do."""

from store import dialect
from store.dialect import DriverError, Obstacle, PageCheck, obstacle
from store.errors import DatabaseUnavailable
from store.files.database_file import DatabaseFile
from store.files.migration import MigrationBranch

_MENDED = {
    MigrationBranch.DATA: (
        "put a backup back by `nextplay restore FILE`, or move it away and fill another by `nextplay refresh`"
    ),
    MigrationBranch.USER_DATA: "put a backup back by `nextplay restore FILE`",
}


class FileInUse(DatabaseUnavailable):
    """Another process is writing the file, which says nothing of whether it can be written."""


class SoundnessCheck:
    """A look at all pages of a database file, in whichever thread runs it."""

    def __init__(self, part: DatabaseFile) -> None:
        self._part = part
        self._pages = PageCheck(part.file)

    def run(self) -> None:
        """Look at every page; return early once stopped.

        Raises:
            DatabaseUnavailable: They are damaged, or cannot be read.
        """
        file = self._part.file
        try:
            self._pages.run()
        except dialect.Damaged as error:
            mended = _MENDED[self._part.branch]
            raise DatabaseUnavailable(f"The database {file} is damaged ({error}); {mended}.") from error
        except DriverError as error:
            raise DatabaseUnavailable(
                f"The database {file} cannot be read ({error}); check the file and its permissions."
            ) from error

    def stop(self) -> None:
        """End it, from another thread."""
        self._pages.stop()


def check_writing(part: DatabaseFile) -> None:
    """Try to write into a database file; nothing of that stays.

    Raises:
        FileInUse: Another process is writing.
        DatabaseUnavailable: It cannot be written.
    """
    try:
        dialect.try_writing(part.file)
    except DriverError as error:
        match obstacle(error):
            case Obstacle.BUSY:
                raise FileInUse(f"Another process is writing {part.file}, such as a refresh.") from error
            case Obstacle.FULL:
                remedy = "free some space"
            case _:
                remedy = "check the permissions of the file and its folder"
        raise DatabaseUnavailable(f"{part.file} cannot be written ({error}); {remedy}.") from error

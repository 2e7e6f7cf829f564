"""Errors of the disk and the driver as sentences that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from store.dialect import DriverError, Obstacle, obstacle
from store.errors import BackupError
from store.files.atomic_replace import is_disk_full


@contextmanager
def explained(consequence: str) -> Iterator[None]:
    """Turn errors of the disk or the driver in the block into a BackupError.

    Args:
        consequence: What comes of it; the sentence begins with it.

    Raises:
        BackupError: The sentence, with the remedy.
    """
    try:
        yield
    except OSError as error:
        remedy = "free some space" if is_disk_full(error) else "check the folder and its permissions"
        raise BackupError(f"{consequence}: {error.strerror or error}; {remedy} and try again.") from error
    except DriverError as error:
        raise BackupError(f"{consequence}: {error}; {_remedy(error)} and try again.") from error


def _remedy(error: DriverError) -> str:
    remedies = {Obstacle.BUSY: "wait until the refresh has ended", Obstacle.FULL: "free some space"}
    return remedies.get(obstacle(error), "check the file and its permissions")

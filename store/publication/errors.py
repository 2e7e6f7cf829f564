"""What goes wrong with published stores."""

from store.dialect import DriverError, Obstacle, obstacle
from store.errors import DatabaseUnavailable, NotWritten, QueryTimeout, StoreError


class PublicationError(StoreError):
    """A store could not be published, or one that was published cannot be used."""


class ManifestTooNew(PublicationError):
    """A newer version of Nextplay published the store than this one can serve."""


def may_pass(error: Exception) -> bool:
    """Return whether the same store may serve next time: this machine lacked space, time or memory.

    Anything else is about what is in the file, which stays as it is.
    """
    if isinstance(error, DriverError):
        return obstacle(error) is not Obstacle.DAMAGED
    # Its subclasses say what is wrong with the file; by itself it is what the system did not let us do.
    return type(error) is DatabaseUnavailable or isinstance(error, (NotWritten, QueryTimeout, MemoryError))

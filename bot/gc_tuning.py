"""How often a process that serves collects garbage, and what becomes of the memory that is free then."""

import ctypes
import gc
from contextlib import suppress

# For `gc.set_threshold`: the new objects after which the youngest generation is collected, which takes five
# milliseconds or so; the collections of it after which the middle one is; and those of the middle one after
# which the oldest is: what was under way when the younger ones were collected stays until then. Fifty people
# at once hold 7,000 objects, which are looked through in vain: with a quarter of this first threshold,
# collecting takes twice the time.
_THRESHOLDS = (20_000, 10, 10)


def freeze_startup_objects() -> None:
    """Collect garbage once more, then leave all that is alive out of later collections, and make those rarer.

    Call it once a process holds what it keeps until it ends: collecting all of that, about once in a thousand
    commands, would make everybody wait. With Python's default thresholds, collecting what commands leave
    behind would be a tenth of all the work.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


def return_free_memory() -> None:
    """Give memory that is free back to the system: the GNU C library keeps most of it, others do not.

    Call it where much has been freed, as after the start.
    """
    with suppress(AttributeError, OSError, TypeError):  # another C library, or none found
        ctypes.CDLL(None).malloc_trim(0)

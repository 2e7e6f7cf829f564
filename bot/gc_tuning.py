"""How often a process that serves collects garbage."""

import gc

# New objects until the youngest generation is collected, which takes a millisecond or two; collections of it
# until the middle one is; and of that until the oldest one is.
_THRESHOLDS = (5_000, 10, 40)


def freeze_startup_objects() -> None:
    """Collect garbage once more, then leave all that is alive out of later collections, and make those rarer.

    Call it once a process holds what stays to its end: a collection of all that takes so long that everybody
    waits, about once in a thousand commands. By Python's own thresholds, collecting what commands leave would
    be a tenth of all the work.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)

"""How often a process that serves searches its memory for garbage."""

import gc

# So many new objects are searched at once, which takes a millisecond or two; after so many such searches what
# is left of them, and after so many of these everything.
_SEARCHES = (5_000, 10, 40)


def search_only_what_comes() -> None:
    """Search all there is once more, then never again, and what comes from now on in small portions.

    To be called when a process has what stays to its end: everybody would wait while that is searched, about
    once in a thousand commands. What commands leave is searched when it is much; as often as Python does by
    itself, that would be a tenth of all the work.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SEARCHES)

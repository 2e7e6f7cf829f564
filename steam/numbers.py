"""Numbers in answers, which Steam may also send as text."""

_LARGEST_APP = 2**31 - 1
# Of a number of 64 bits.
_MOST_DIGITS = 19


def whole(value: object) -> int | None:
    """Return a whole number of 0 or more, None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def app_id(value: object) -> int | None:
    """Return the id of an app, None for what cannot be one."""
    number = whole(value)
    return number if number is not None and 0 < number <= _LARGEST_APP else None

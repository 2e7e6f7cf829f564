"""Why a file cannot be read."""


class Unusable(Exception):
    """The content of a file is of no use; the message goes on where its name ends, without full stop."""

"""Players whom nobody can look up: their ids are hashes, and no name of Steam begins as theirs do.

What they own and write counts like that of others; they have no name, no suggestion offers them, no command
or address finds them, and nobody is told who wrote what they wrote.
"""

# Steam's vanity names have letters, digits, `-` and `_`.
ANONYMOUS_PREFIX = "~"


def anonymous_id(digest: str) -> str:
    """Return the user id of a player of whom only a digest is known."""
    return ANONYMOUS_PREFIX + digest


def is_anonymous(user_id: str) -> bool:
    """Return whether a user id is a digest."""
    return user_id.startswith(ANONYMOUS_PREFIX)

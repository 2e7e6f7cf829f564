"""What the store raises, and the base of every error that a person can act on."""


class NextplayError(Exception):
    """Something that the person who asked can mend; the message says it in one sentence, with the way out."""


class StoreError(NextplayError):
    """Something about the store that a person can act on."""


class DatabaseUnavailable(StoreError):
    """The database file is missing, unreadable, not a database, or of another version of the program."""


class BackupError(StoreError):
    """A backup could not be made, or is not one that can be restored."""


class QueryTimeout(StoreError):
    """A query ran longer than the reader's time limit."""


class NotFound(StoreError):
    """No `kind` ('game', 'developer', 'genre', 'player', ...) goes by the name asked for.

    `suggestions` are the closest real names, best first, at most five.
    """

    def __init__(self, kind: str, asked: str, suggestions: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.asked = asked
        self.suggestions = suggestions
        hint = f" Did you mean {_either(suggestions)}?" if suggestions else ""
        super().__init__(f"No {kind} is called “{asked}”.{hint}")


def _either(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"

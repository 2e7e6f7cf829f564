"""What the store raises, and the base of every error that a person can act on."""


class NextplayError(Exception):
    """An error that the person who asked can fix; the message is one sentence, with the remedy."""


class StoreError(NextplayError):
    """Something about the store that a person can act on."""


class DatabaseUnavailable(StoreError):
    """The database file is missing, unreadable, not a database, or of another version of the program."""


class NotWritten(DatabaseUnavailable):
    """A change was not made, not even a part of it: the file is locked or read-only, or the disk is full."""


class UserDataUnavailable(DatabaseUnavailable):
    """What people stored is missing, damaged, of another installation, or cannot be read."""


class BackupError(StoreError):
    """A backup could not be made, or is not one that can be restored."""


class QueryTimeout(StoreError):
    """A query ran longer than the reader's time limit."""


class NotFound(StoreError):
    """No `kind` ('game', 'developer', 'genre', 'player', ...) goes by the name asked for.

    `suggestions` are the closest real names, best first, at most five. A 'year' is one without reviews; its
    suggestions are the nearest years that have some.
    """

    def __init__(self, kind: str, asked: str, suggestions: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.asked = asked
        self.suggestions = suggestions
        hint = f" Did you mean {_either(suggestions)}?" if suggestions else ""
        sentence = (
            f"No reviews are of the year {asked}." if kind == "year" else f"No {kind} is called “{asked}”."
        )
        super().__init__(sentence + hint)


class NothingPlayed(StoreError):
    """Nobody has played a game of the genre, so that it has neither a champion nor a best year."""

    def __init__(self, genre: str) -> None:
        self.genre = genre
        super().__init__(f"Nobody in these data has played a game of the genre “{genre}”; try another genre.")


def _either(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


class NothingToGoOn(StoreError):
    """Nothing is known by which one game could be preferred to another; `asked` is the player or game."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        super().__init__(
            f"There is nothing to go on for “{asked}”: no owned or described game; name a few games instead."
        )


class NothingLeft(StoreError):
    """Everything that could be suggested is owned or unwanted, or ruled out by filters if `filtered`."""

    def __init__(self, *, filtered: bool = False) -> None:
        self.filtered = filtered
        super().__init__(
            "No game that these filters let through is left to suggest; loosen or drop one of them."
            if filtered
            else "No game is left to suggest: all that comes close is owned or was ruled out."
        )


class WrongFilter(StoreError):
    """A filter or a list of people has a value that makes no sense."""


class WrongLibrary(StoreError):
    """A library given by hand is no mapping of app ids to minutes played."""


class PlayerIsPrivate(StoreError):
    """The player is linked by somebody who keeps it private."""

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        super().__init__(f"The player “{user_id}” is linked by somebody who keeps it private.")


class PrivacyUnknown(StoreError):
    """Which players are private cannot be told, so that none is shown."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody can tell which players are private, so that none is shown; `nextplay doctor` says why."
        )

"""What the store raises, and the base of every error that a person can act on."""

import enum
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from store.results import Choice


class NextplayError(Exception):
    """An error that the person who asked can fix; the message is one sentence, with the remedy.

    `exit_code` is what the command line ends with.
    """

    exit_code: int = 1


class StoreError(NextplayError):
    """Something about the store that a person can act on."""


class DatabaseUnavailable(StoreError):
    """The database file is missing, unreadable, not a database, or of another version of the program."""


class NotWritten(DatabaseUnavailable):
    """A change was not made, not even a part of it: the file is locked or read-only, or the disk is full."""


class OutcomeUnknown(DatabaseUnavailable):
    """The server went away as a change was being committed: it was made wholly or not at all."""


class UserDataUnavailable(DatabaseUnavailable):
    """What people stored is missing, damaged, of another installation, or cannot be read."""


class DriverMissing(StoreError):
    """What people store is to be on a server whose driver, an extra, is not installed."""


class CopyRefused(StoreError):
    """What people stored cannot be copied from one place to another; nothing has changed."""


class DatabaseMissing(DatabaseUnavailable):
    """There is no file of that name, or it is no regular file."""


class DatabaseEmpty(DatabaseUnavailable):
    """The file is there and holds no tables: a refresh makes and fills them."""


class DatabaseOutdated(DatabaseUnavailable):
    """An older version of Nextplay made the tables; `nextplay db upgrade` brings them up to date."""


class DatabaseTooNew(DatabaseUnavailable):
    """A newer version of Nextplay made the tables; this one must not touch them."""


class DatabaseForeign(DatabaseUnavailable):
    """It is a database of something else, or one that does not say which version of Nextplay made it."""


class DatabaseDamaged(DatabaseUnavailable):
    """The file is no SQLite database, or its pages contradict one another."""


class RowDamaged(DatabaseDamaged):
    """A row holds what its table cannot hold; the cause says what was met."""


class NoData(StoreError):
    """What is asked for is in tables that no refresh has filled yet, or none since they were upgraded."""

    def __init__(self) -> None:
        super().__init__("The store holds no data for this yet; fill it with `nextplay refresh FOLDER`.")


class BackupError(StoreError):
    """A backup could not be made, or is not one that can be restored."""


class ExportError(StoreError):
    """The tables could not be exported."""


class QueryTimeout(StoreError):
    """A question ran longer than the reader's time limit."""


# What `NotFound` calls a genre or tag, where either would do.
DESCRIPTION: Final = "genre or tag"


class NotFound(StoreError):
    """No `kind` ('game', 'developer', 'genre', 'player', ...) goes by the name asked for.

    `suggestions` are the closest real names, best first, at most five; `choices` the things that have them,
    where these are things. `text` is the name as it was given, `asked` as a sentence quotes it. A 'year' is
    one in which no review was posted, a 'release year' one of whose games there is no review; the suggestions
    are the nearest years that have some.
    """

    def __init__(
        self,
        kind: str,
        asked: str,
        suggestions: tuple[str, ...] = (),
        *,
        choices: "tuple[Choice, ...]" = (),
        text: str | None = None,
    ) -> None:
        # Imported here: whatever opens a store imports this module, and a refresh has no use for results.
        from store.results.names import distinct_labels  # noqa: PLC0415

        self.kind = kind
        self.asked = asked
        self.choices = choices
        self.suggestions = suggestions or distinct_labels(choices)
        self.text = asked if text is None else text
        hint = f" Did you mean {_either(self.suggestions)}?" if self.suggestions else ""
        super().__init__(self._sentence() + hint)

    def _sentence(self) -> str:
        sentences = {
            "year": f"No reviews are of the year {self.asked}.",
            "release year": f"No reviews are of games released in the year {self.asked}.",
        }
        return sentences.get(self.kind, f"No {self.kind} is called “{self.asked}”.")


class NotInData(NotFound):
    """It is a well-known game, studio, genre or tag, called `title`, which the data do not have.

    `on_steam` says whether Steam sells it, `ends` is the last day that the data know of, if that is known.
    """

    def __init__(
        self,
        asked: str,
        title: str,
        *,
        on_steam: bool,
        ends: date | None,
        choices: "tuple[Choice, ...]",
        text: str,
        kind: str = "game",
    ) -> None:
        self.title = title
        self.on_steam = on_steam
        self.ends = ends
        super().__init__(kind, asked, choices=choices, text=text)

    def _sentence(self) -> str:
        if not self.on_steam:
            return f"“{self.title}” is not on Steam."
        until = "" if self.ends is None else f", which end in {self.ends:%B %Y}"
        return f"“{self.title}” is not in these data{until}."


class OutsideData(StoreError):
    """The question is about a time that the data do not reach; `ends` is the last day that they know of."""

    def __init__(self, asked: str, ends: date) -> None:
        self.asked = asked
        self.ends = ends
        super().__init__(f"These data end in {ends:%B %Y}; they know nothing of {asked}.")


class NoDeckRatings(StoreError):
    """The data know of no game how it runs on the Steam Deck."""

    def __init__(self) -> None:
        super().__init__("These data do not know how games run on the Steam Deck; ask without that.")


class NothingPlayed(StoreError):
    """Nobody has played a game of the genre, so that it has neither a champion nor a best year."""

    def __init__(self, genre: str) -> None:
        self.genre = genre
        super().__init__(f"Nobody in these data has played a game of the genre “{genre}”; try another genre.")


def _either(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


class Unknown(enum.StrEnum):
    """What is unknown, so that no game can be preferred to another."""

    TRAINING = "training"  # no suggestions have been worked out from the data yet
    GAME = "game"  # too few own the game, and too little describes it
    PLAYER = "player"  # neither a library of the player nor a review that recommends a game
    LIBRARY = "library"  # of no game that a player owns or recommends is known what it speaks for
    GAMES = "games"  # nor of any of the games that were given


class NothingToGoOn(StoreError):
    """Nothing is known by which one game could be preferred to another.

    `asked` is the player, the game or the games asked about, `unknown` what is missing.
    """

    def __init__(self, asked: str, unknown: Unknown) -> None:
        self.asked = asked
        self.unknown = unknown
        sentences = {
            Unknown.TRAINING: "These data have not been trained on yet; run `nextplay train`.",
            Unknown.GAME: f"Too little is known of “{asked}” to find games like it; name another game.",
            Unknown.PLAYER: (
                f"These data have neither a game that “{asked}” owns nor a review in which “{asked}”"
                " recommends one; name a few games instead."
            ),
            Unknown.LIBRARY: (
                f"Too little is known of the games of “{asked}” to go by them; name a few games instead."
            ),
            Unknown.GAMES: f"Too little is known of {asked} to go by; name a few games that more people own.",
        }
        super().__init__(sentences[unknown])


class RuledOut(enum.StrEnum):
    """What ruled out the last of the games that could have been suggested."""

    NOT_CLOSE = "not close"  # no game comes close at all
    TOO_WELL_KNOWN = "too well known"  # only well-known games do, and hidden gems are wanted
    KNOWN = "known"  # all that do are owned or reviewed, or another edition of such a game
    LEFT_OUT = "left out"  # the rest of them was hidden, or shown before
    FILTERS = "filters"  # no filter lets the rest through
    NOT_FOR_SALE = "not for sale"  # the rest is not sold, not out yet, or no game
    GROUP = "group"  # none of the rest can be played together by this many


class NothingLeft(StoreError):
    """No game is left to suggest; `ruled_out` says by what the last ones were ruled out."""

    def __init__(self, ruled_out: RuledOut) -> None:
        self.ruled_out = ruled_out
        sentences = {
            RuledOut.NOT_CLOSE: "No game comes close enough to be suggested; ask by other games.",
            RuledOut.TOO_WELL_KNOWN: "Only well-known games come close; ask without “hidden gems”.",
            RuledOut.KNOWN: "All games that come close are owned or reviewed already; ask by other games.",
            RuledOut.LEFT_OUT: "All other games that come close were left out; leave out fewer.",
            RuledOut.FILTERS: (
                "No game that these filters let through is left to suggest; loosen or drop one of them."
            ),
            RuledOut.NOT_FOR_SALE: (
                "All other games that come close are not sold, not out yet, or add-ons; ask by other games."
            ),
            RuledOut.GROUP: "No game that comes close can be played by so many; ask with fewer people.",
        }
        super().__init__(sentences[ruled_out])


class WrongArgument(StoreError, ValueError):
    """An argument of a query is not what it should be, which the sentence names."""


class WrongFilter(WrongArgument):
    """A filter, another option of a suggestion or a list of people has a value that makes no sense."""


class WrongLibrary(WrongArgument):
    """A library given by hand is no mapping of app ids to minutes played."""


class PlayerIsPrivate(StoreError):
    """The player is linked by somebody who keeps it private."""

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        super().__init__(f"The player “{user_id}” is linked by somebody who keeps it private.")


class PlayerIsTaken(StoreError):
    """Somebody has proven to be the player."""

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        super().__init__(
            f"Somebody has signed in through Steam as the player “{user_id}”, so that the link stays until "
            "that person ends it."
        )


class AccountIsTaken(StoreError):
    """Somebody else has proven to have the Steam account."""

    def __init__(self, steam_id: int) -> None:
        self.steam_id = steam_id
        super().__init__("Somebody else has signed in through Steam with this account.")


class PrivacyUnknown(StoreError):
    """Which players are private cannot be told, so that none is shown."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody can tell which players are private, so that none is shown; `nextplay doctor` says why."
        )


class ChampionIsPrivate(StoreError):
    """Whoever has most hours in the genre is linked by somebody who keeps that player private."""

    def __init__(self, genre: str) -> None:
        self.genre = genre
        super().__init__(f"Whoever has played most of the genre “{genre}” keeps that private.")

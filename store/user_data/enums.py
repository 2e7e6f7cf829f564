"""The choices and states that user data are stored by."""

import enum


class Sharing(enum.StrEnum):
    """Who else is shown a person's profile: an own library, a linked player."""

    PRIVATE = "private"  # nobody
    GROUPS = "groups"  # whoever asks for a group with the person, on a server that both are on
    PUBLIC = "public"  # everybody


class LibraryState(enum.StrEnum):
    """What Steam answered when it was asked for somebody's library."""

    OPEN = "open"
    HOURS_HIDDEN = "hours hidden"  # the games came, and no play time of any
    EMPTY = "empty"  # open, and without games
    GAMES_CLOSED = "games closed"  # the profile is open, its game details are not
    PROFILE_CLOSED = "profile closed"
    FAILED = "failed"  # Steam could not be asked, or did not answer as it should

    @property
    def has_games(self) -> bool:
        """Whether games came with it."""
        return self in (LibraryState.OPEN, LibraryState.HOURS_HIDDEN)

    @property
    def is_closed(self) -> bool:
        """Whether the person lets nobody see the library."""
        return self in (LibraryState.GAMES_CLOSED, LibraryState.PROFILE_CLOSED)

"""The taste of a person: which games are liked, and which are not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taste:
    """The app ids of the games that somebody likes and of those that somebody does not, newest first."""

    liked: tuple[int, ...] = ()
    disliked: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self.liked or self.disliked)


# That of a person who has named no games.
NO_TASTE = Taste()

"""Proving whose a Steam account is, as commands ask for it: a page is opened, and somebody signs in there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from localization.translations import Translations


class SignInDeclined(Exception):
    """The proof is right, and the account cannot be the person's all the same; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What the page says at the end, and what goes on in Discord once it has said so."""

    sentence: str
    go_on: Callable[[], Awaitable[None]]


# Is told the SteamID64 that is proven. Raises SignInDeclined, and StoreError where nothing can be stored.
Finished: TypeAlias = Callable[[int], Awaitable[SignedIn]]


class SignIns(Protocol):
    """Begins sign-ins through Steam."""

    def begin(self, discord_id: int, name: str, translations: Translations, finished: Finished) -> str:
        """Return the address at which a Discord user can sign in once, within ten minutes.

        Any address that the person got before is of no use any more.

        Args:
            discord_id: Whose account it will be.
            name: What the page calls the Discord user.
            translations: The language of the page.
            finished: What is done once the person has signed in.
        """

    def forget(self, discord_id: int) -> None:
        """Invalidate the address that a Discord user got."""

    def clear(self) -> None:
        """Invalidate every address."""

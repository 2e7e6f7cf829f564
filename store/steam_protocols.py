"""What can be asked of Steam about a person, at that person's request; `steam` asks it."""

from typing import Protocol

from store.errors import StoreError
from store.user_data.libraries import LibraryAnswer


class SteamUnavailable(StoreError):
    """Steam cannot be asked just now, or does not answer as it should."""

    def __init__(self) -> None:
        super().__init__("Steam cannot be asked just now; try again in a few minutes.")


class NoSuchAccount(StoreError):
    """Steam has no account by that name."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        super().__init__(f"Steam has no account “{asked}”.")


class WishlistClosed(StoreError):
    """Steam shows the wishlist to nobody else."""

    def __init__(self) -> None:
        super().__init__("Steam shows this wishlist to nobody else.")


class SteamAccounts(Protocol):
    """Asks Steam about accounts."""

    async def find(self, text: str) -> int:
        """Return the SteamID64 of whom a SteamID64, vanity name, profile address or friend code names.

        Raises:
            NoSuchAccount: There is none.
            SteamUnavailable: Steam does not say.
        """

    async def library(self, steam_id: int) -> LibraryAnswer:
        """Return the library of an account; where Steam does not say it, the answer is `FAILED`.

        Raises:
            NoSuchAccount: There is no such account.
        """


class Wishlists(Protocol):
    """Asks Steam about wishlists."""

    async def wishlist(self, steam_id: int) -> tuple[int, ...]:
        """Return the app ids of an account's wishlist, most wanted first; none of an empty one.

        Raises:
            WishlistClosed: Steam shows it to nobody else.
            SteamUnavailable: Steam cannot be asked just now.
        """

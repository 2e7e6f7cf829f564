"""What can be asked of Steam about a person's wishlist, at that person's request; who asks is elsewhere."""

from typing import Protocol

from store.errors import StoreError


class WishlistClosed(StoreError):
    """Steam shows the wishlist to nobody else."""

    def __init__(self) -> None:
        super().__init__("Steam shows this wishlist to nobody else.")


class Wishlists(Protocol):
    """Asks Steam about wishlists."""

    async def wishlist(self, steam_id: int) -> tuple[int, ...]:
        """Return the app ids of an account's wishlist, most wanted first; none of an empty one.

        Raises:
            WishlistClosed: Steam shows it to nobody else.
            SteamUnavailable: Steam cannot be asked just now.
        """

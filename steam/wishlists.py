"""A person's wishlist, which needs no key: what is asked, and what an answer says."""

from steam.client import SteamClient, SteamDenied
from steam.numbers import app_id, whole
from steam.reply import Call, HostName
from store.steam_protocols import WishlistClosed

# What was never sorted has this place, and comes after all that was.
_UNSORTED = 0


class AskedWishlists:
    """Asks Steam about wishlists; see `store.steam_protocols.Wishlists`."""

    def __init__(self, client: SteamClient) -> None:
        """Ask by a client, which need not have a key."""
        self._client = client

    async def wishlist(self, steam_id: int) -> tuple[int, ...]:
        """Return the app ids of an account's wishlist. Raises WishlistClosed and SteamUnavailable."""
        call = Call(HostName.API, "IWishlistService/GetWishlist/v1/", {"steamid": str(steam_id)})
        try:
            content = await self._client.ask(call)
        except SteamDenied:
            raise WishlistClosed from None
        return _in_order(content.get("items"))


def _in_order(rows: object) -> tuple[int, ...]:
    """Return the app ids by their place, then by when they came; a row that cannot be read is left out."""
    found = []
    for row in rows if isinstance(rows, list) else ():
        app = app_id(row.get("appid")) if isinstance(row, dict) else None
        if app is not None:
            priority, added = (whole(row.get(name)) or 0 for name in ("priority", "date_added"))
            found.append((priority == _UNSORTED, priority, added, app))
    return tuple(dict.fromkeys(app for *_, app in sorted(found)))

"""A person's wishlist, which needs no key: what is asked, and what an answer says."""

from steam.client import SteamClient, SteamDenied
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
        app_id, priority, added = (_number(row, name) for name in ("appid", "priority", "date_added"))
        if app_id:
            found.append((priority == _UNSORTED, priority, added, app_id))
    return tuple(dict.fromkeys(app_id for *_, app_id in sorted(found)))


def _number(row: object, name: str) -> int:
    value = row.get(name) if isinstance(row, dict) else None
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 20:
        return int(value)
    return value if isinstance(value, int) and value >= 0 else 0

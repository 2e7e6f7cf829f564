"""The ways in which people name a Steam account."""

import re

# The SteamID64 of an individual account is its account number plus this:
# https://developer.valvesoftware.com/wiki/SteamID
FIRST_STEAM_ID = 76561197960265728
_LARGEST_ACCOUNT = 2**32 - 1

_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.)?steamcommunity\.com/(?:id|profiles)/([^/?#\s]+)(?:[/?#]\S*)?", re.IGNORECASE
)
_FRIEND_CODE = re.compile(r"[0-9]{1,10}")


def account_names(text: str) -> tuple[str, ...]:
    """Return what the account that `text` names may be called in the data, likeliest first.

    `text` is a name, a SteamID64, the address of a profile, or a friend code (the account number, which is
    looked up as the SteamID64 that it is part of). A number may also be somebody's name.
    """
    text = text.strip()
    address = _PROFILE.fullmatch(text)
    if address is not None:
        return (address[1],)
    if _FRIEND_CODE.fullmatch(text) and 0 < int(text) <= _LARGEST_ACCOUNT:
        return (text, str(FIRST_STEAM_ID + int(text)))
    return (text,)

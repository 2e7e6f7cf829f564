"""The ways in which people name a Steam account."""

import re
from dataclasses import dataclass

# The SteamID64 of an individual account is its account number plus this:
# https://developer.valvesoftware.com/wiki/SteamID
FIRST_STEAM_ID = 76561197960265728
_LARGEST_ACCOUNT = 2**32 - 1

_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.)?steamcommunity\.com/(?:id|profiles)/([^/?#\s]+)(?:[/?#]\S*)?", re.IGNORECASE
)
_FRIEND_CODE = re.compile(r"[0-9]{1,10}")
_STEAM_ID = re.compile(r"[0-9]{17}")
_VANITY = re.compile(r"[A-Za-z0-9_-]{2,32}")


@dataclass(frozen=True, slots=True)
class AccountName:
    """What a text may mean as the name of a Steam account.

    Attributes:
        steam_id: The account's SteamID64, None where the text is no number of one.
        vanity: The name in the address of its profile, None where the text cannot be one.
        is_sure: Whether the text says by itself which of the two it is.
    """

    steam_id: int | None
    vanity: str | None
    is_sure: bool


def read_account_name(text: str) -> AccountName:
    """Read a SteamID64, a friend code, the address of a profile, or the name in one."""
    text = text.strip()
    address = _PROFILE.fullmatch(text)
    if address is not None:
        name = address[1]
        by_number = "/profiles/" in text.lower()
        return AccountName(_steam_id(name) if by_number else None, None if by_number else _vanity(name), True)
    if _FRIEND_CODE.fullmatch(text) and 0 < int(text) <= _LARGEST_ACCOUNT:
        return AccountName(FIRST_STEAM_ID + int(text), _vanity(text), False)
    steam_id = _steam_id(text)
    return AccountName(steam_id, None if steam_id else _vanity(text), True)


def is_steam_id(number: int) -> bool:
    """Return whether a number is the SteamID64 of a person's account."""
    return 0 < number - FIRST_STEAM_ID <= _LARGEST_ACCOUNT


def _steam_id(text: str) -> int | None:
    return int(text) if _STEAM_ID.fullmatch(text) and is_steam_id(int(text)) else None


def _vanity(text: str) -> str | None:
    return text if _VANITY.fullmatch(text) else None


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

"""The ways in which people name a Steam account."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

# The SteamID64 of an individual account is its account number plus this:
# https://developer.valvesoftware.com/wiki/SteamID
FIRST_STEAM_ID = 76561197960265728
_LARGEST_ACCOUNT = 2**32 - 1

# A page of an account: the profile, the wishlist, what opens when the profile is pointed at, an invitation.
_PAGE = re.compile(
    r"(?:^|[^\w.@/-]|https?://)(?:(?:www\.|m\.)?steamcommunity\.com|store\.steampowered\.com/wishlist|s\.team)"
    r"/+(id|profiles|miniprofile|friends/add|user|p)/+([^/?#\s<>)*`|\"]+)",
    re.IGNORECASE,
)
# An address that Steam's own program opens, whose number is of an account.
_OPENED = re.compile(r"steam://(?:url/SteamIDPage|friends/(?:add|message))/([0-9]+)", re.IGNORECASE)
_FRIEND_CODE = re.compile(r"[0-9]{1,10}")
_STEAM_ID = re.compile(r"[0-9]{17}")
# The two older forms of a SteamID: 2 X + Y is the account number of STEAM_0:Y:X.
_STEAM_2 = re.compile(r"STEAM_[0-5]:([01]):([0-9]{1,10})", re.IGNORECASE)
_STEAM_3 = re.compile(r"\[?U:1:([0-9]{1,10})\]?", re.IGNORECASE)
_VANITY = re.compile(r"[A-Za-z0-9_-]{2,32}")
# An invitation has the account number in base 16, in these digits.
_INVITATION = re.compile(r"[bcdfghjkmnpqrtvw-]{1,12}")
_HEXADECIMAL = str.maketrans("bcdfghjkmnpqrtvw", "0123456789abcdef", "-")


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
    """Read a SteamID of any form, a friend code, the address of a page of the account, or the name in one."""
    text = text.strip()
    in_address = _in_address(text)
    if in_address is not None:
        return in_address
    if _FRIEND_CODE.fullmatch(text) and 0 < int(text) <= _LARGEST_ACCOUNT:
        return AccountName(FIRST_STEAM_ID + int(text), _vanity(text), False)
    steam_id = _steam_id(text)
    return AccountName(steam_id, None if steam_id else _vanity(text), True)


def is_steam_id(number: int) -> bool:
    """Return whether a number is the SteamID64 of a person's account."""
    return 0 < number - FIRST_STEAM_ID <= _LARGEST_ACCOUNT


def account_names(text: str) -> tuple[str, ...]:
    """Return what the account that `text` names may be called in the data, likeliest first.

    `text` is a name, a SteamID, the address of a page of the account, or a friend code (the account number,
    which is looked up as the SteamID64 that it is part of). A number may also be somebody's name.
    """
    text = text.strip()
    name = read_account_name(text)
    if name.steam_id is None:
        in_address = _in_address(text)
        return (text if in_address is None or in_address.vanity is None else in_address.vanity,)
    return (str(name.steam_id),) if name.is_sure else (text, str(name.steam_id))


def _in_address(text: str) -> AccountName | None:
    """Return whom the one address in a text is of; None where there is none."""
    text = unquote(text)
    opened = _OPENED.search(text)
    if opened is not None:
        return AccountName(_steam_id(opened[1]) or _of_number(opened[1]), None, True)
    page = _PAGE.search(text)
    if page is None:
        return None
    kind, name = page[1].lower(), page[2].rstrip(".,;:!")
    if kind == "id":
        return AccountName(None, _vanity(name), True)
    if kind == "profiles":
        return AccountName(_steam_id(name), None, True)
    return AccountName(_of_invitation(name) if kind in ("user", "p") else _of_number(name), None, True)


def _steam_id(text: str) -> int | None:
    if _STEAM_ID.fullmatch(text):
        return int(text) if is_steam_id(int(text)) else None
    by_halves, by_number = _STEAM_2.fullmatch(text), _STEAM_3.fullmatch(text)
    if by_halves is not None:
        return _of_number(str(2 * int(by_halves[2]) + int(by_halves[1])))
    return None if by_number is None else _of_number(by_number[1])


def _of_number(text: str) -> int | None:
    """Return the SteamID64 of an account number."""
    is_number = _FRIEND_CODE.fullmatch(text) is not None and 0 < int(text) <= _LARGEST_ACCOUNT
    return FIRST_STEAM_ID + int(text) if is_number else None


def _of_invitation(code: str) -> int | None:
    if not _INVITATION.fullmatch(code.lower()) or not code.strip("-"):
        return None
    return _of_number(str(int(code.lower().translate(_HEXADECIMAL), 16)))


def _vanity(text: str) -> str | None:
    return text if _VANITY.fullmatch(text) else None

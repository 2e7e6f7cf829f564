"""How the players of a generated sample are named, so that they can be told from people.

Steam numbers individual accounts from 76561197960265728 on:
https://developer.valvesoftware.com/wiki/SteamID
"""

NAME_PREFIX = "sample_"
# The numbers from here on lie below every account's and carry account type 0, "invalid".
FIRST_SAMPLE_STEAM_ID = 76561190000000000
# That of account number 0, which is nobody's.
_LAST_UNUSED_STEAM_ID = 76561197960265728
# As many as the largest number of 64 bits has.
_MOST_DIGITS = 20


def is_generated(user_id: str) -> bool:
    """Return whether a user id is one that only samples have."""
    if user_id.startswith(NAME_PREFIX):
        return True
    is_number = user_id.isascii() and user_id.isdigit() and len(user_id) <= _MOST_DIGITS
    return is_number and int(user_id) <= _LAST_UNUSED_STEAM_ID

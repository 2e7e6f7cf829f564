"""What is asked about one app at a time: its genres, its rating by Metacritic, and how many play it now."""

from typing import Any

from msgspec import Struct


class Genre(Struct):
    """A genre of appdetails; its id comes as text."""

    id: Any = None
    description: str = ""


class Metacritic(Struct):
    """Metacritic's score, 0 to 100."""

    score: int = 0
    url: Any = None


class PlayerCount(Struct):
    """How many play an app now, by ISteamUserStats/GetNumberOfCurrentPlayers; result 1 is good."""

    player_count: int = 0
    result: int = 0

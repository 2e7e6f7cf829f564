"""The ways in which games are played, in the words of their store pages."""

import enum
from collections.abc import Mapping
from typing import Final

# The store page's own words for playing together.
TOGETHER: Final = (
    "Co-op",
    "Online Co-op",
    "Local Co-op",
    "Multi-player",
    "Online Multi-Player",
    "Local Multi-Player",
    "Cross-Platform Multiplayer",
    "Shared/Split Screen",
    "MMO",
    "Online PvP",
    "LAN PvP",
    "PvP",
    "LAN Co-op",
    "Shared/Split Screen PvP",
    "Shared/Split Screen Co-op",
)


class PlayMode(enum.StrEnum):
    """With whom, and where, a game is played."""

    ALONE = "alone"
    MULTIPLAYER = "multiplayer"
    CO_OP = "co-op"
    ONLINE = "online"
    ONE_SCREEN = "one screen"
    MASSIVE = "massive"


# A game is played in a way if its page has one of these words.
SPECS: Final[Mapping[PlayMode, tuple[str, ...]]] = {
    PlayMode.ALONE: ("Single-player",),
    PlayMode.MULTIPLAYER: TOGETHER,
    PlayMode.CO_OP: ("Co-op", "Online Co-op", "Local Co-op", "LAN Co-op", "Shared/Split Screen Co-op"),
    PlayMode.ONLINE: ("Online Multi-Player", "Online Co-op", "Online PvP", "MMO"),
    PlayMode.ONE_SCREEN: (
        "Shared/Split Screen",
        "Shared/Split Screen Co-op",
        "Shared/Split Screen PvP",
        "Local Multi-Player",
        "Local Co-op",
    ),
    PlayMode.MASSIVE: ("MMO",),
}

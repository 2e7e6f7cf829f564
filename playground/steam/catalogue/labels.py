"""The fixed lists that games refer to by number: kinds, tags, categories, genres, languages, ratings."""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType


class Kind(IntEnum):
    """What an app is: `EStoreAppType` of Valve's protocol files."""

    GAME = 0
    DEMO = 1
    MOD = 2
    DLC = 4
    SOFTWARE = 6
    VIDEO = 7
    HARDWARE = 10
    MUSIC = 11
    BETA = 12
    ADVERTISING = 14


# Numbers and names are Steam's; one name ends in a blank there too.
TAGS: Mapping[int, str] = MappingProxyType(
    {
        9: "Strategy",
        19: "Action",
        21: "Adventure",
        113: "Free to Play",
        122: "RPG",
        128: "Massively Multiplayer",
        492: "Indie",
        493: "Early Access",
        597: "Casual",
        599: "Simulation",
        699: "Racing",
        701: "Sports",
        1625: "Platformer",
        1628: "Metroidvania",
        1643: "Building",
        1646: "Action RPG",
        1654: "Relaxing",
        1659: "Zombies",
        1662: "Survival",
        1663: "FPS",
        1664: "Puzzle",
        1667: "Horror",
        1676: "RTS",
        1677: "Turn-Based",
        1678: "War",
        1684: "Fantasy",
        1685: "Co-op",
        1695: "Open World",
        1716: "Roguelike",
        1719: "Comedy",
        1721: "Psychological Horror",
        1732: "City Builder",
        1743: "Fighting",
        1742: "Story Rich",
        1752: "Rhythm",
        1756: "Great Soundtrack",
        1774: "Shooter",
        3799: "Visual Novel",
        3839: "First-Person",
        3841: "Local Co-Op",
        3859: "Multiplayer",
        3871: "2D",
        3942: "Sci-fi",
        3959: "Roguelite",
        3964: "Pixel Graphics",
        4085: "Anime",
        4136: "Funny",
        4166: "Atmospheric",
        4182: "Singleplayer",
        4878: "Parody ",
        5350: "Family Friendly",
        5613: "Detective",
        6650: "Nudity",
        9130: "Hentai",
        12095: "Sexual Content",
        87918: "Farming Sim",
        255534: "Automation",
        1091588: "Roguelike Deckbuilder",
    }
)

# number: (type, internal name, display name). Types: 1 players, 2 features, 3 controllers.
CATEGORIES: Mapping[int, tuple[int, str, str]] = MappingProxyType(
    {
        1: (1, "category_multiplayer", "Multi-player"),
        2: (1, "category_singleplayer", "Single-player"),
        9: (1, "category_coop", "Co-op"),
        36: (1, "category_onlinepvp", "Online PvP"),
        38: (1, "category_onlinecoop", "Online Co-op"),
        39: (1, "category_sharedcoop", "Shared/Split Screen Co-op"),
        49: (1, "category_pvp", "PvP"),
        22: (2, "category_achievements", "Steam Achievements"),
        23: (2, "category_cloud", "Steam Cloud"),
        29: (2, "category_cards", "Steam Trading Cards"),
        30: (2, "category_workshop", "Steam Workshop"),
        62: (2, "category_familysharing", "Family Sharing"),
        65: (2, "category_hdr", "#category_hdr"),
        18: (3, "category_partialcontroller", "Partial Controller Support"),
        28: (3, "category_fullcontroller", "Full controller support"),
    }
)

# Known from the store's pages alone.
GENRES: Mapping[int, str] = MappingProxyType(
    {
        1: "Action",
        2: "Strategy",
        3: "RPG",
        4: "Casual",
        9: "Racing",
        18: "Sports",
        23: "Indie",
        25: "Adventure",
        28: "Simulation",
        37: "Free To Play",
        70: "Early Access",
    }
)

# `ELanguage` of Valve's protocol files: number to the name in parameters and reviews.
LANGUAGES: Mapping[int, str] = MappingProxyType(
    {
        0: "english",
        1: "german",
        2: "french",
        3: "italian",
        4: "koreana",
        5: "spanish",
        6: "schinese",
        8: "russian",
        10: "japanese",
        22: "brazilian",
        27: "latam",
    }
)

LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "english": "English",
        "german": "German",
        "french": "French",
        "italian": "Italian",
        "koreana": "Korean",
        "spanish": "Spanish - Spain",
        "schinese": "Simplified Chinese",
        "russian": "Russian",
        "japanese": "Japanese",
        "brazilian": "Portuguese - Brazil",
        "latam": "Spanish - Latin America",
    }
)

REVIEW_LABELS = (
    "No user reviews",
    "Overwhelmingly Negative",
    "Very Negative",
    "Negative",
    "Mostly Negative",
    "Mixed",
    "Mostly Positive",
    "Positive",
    "Very Positive",
    "Overwhelmingly Positive",
)

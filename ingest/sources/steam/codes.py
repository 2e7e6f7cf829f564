"""Steam's numbers, in the words that the data know: kinds, ratings, features and languages."""

from collections.abc import Mapping

from store.models import GameKind

# EStoreAppType. What is missing is not listed: guides (5), hardware (10), advertising (14) and unknown ones.
KINDS: Mapping[int, GameKind] = {
    0: GameKind.GAME,
    1: GameKind.DEMO,
    2: GameKind.MOD,
    3: GameKind.VIDEO,
    4: GameKind.DLC,
    6: GameKind.SOFTWARE,
    7: GameKind.VIDEO,
    8: GameKind.VIDEO,
    9: GameKind.VIDEO,
    11: GameKind.SOUNDTRACK,
    12: GameKind.BETA,
    13: GameKind.SOFTWARE,
}
KNOWN_TYPES = frozenset(range(15))

# EUserReviewScore; 0 is too few reviews for a word.
RATINGS: Mapping[int, str] = {
    1: "Overwhelmingly Negative",
    2: "Very Negative",
    3: "Negative",
    4: "Mostly Negative",
    5: "Mixed",
    6: "Mostly Positive",
    7: "Positive",
    8: "Very Positive",
    9: "Overwhelmingly Positive",
}
KNOWN_RATINGS = frozenset(range(10))

# Features by number, as the files of 2018 spell them; others go by the name that Steam gives them now.
FEATURES: Mapping[int, str] = {
    1: "Multi-player",
    2: "Single-player",
    8: "Valve Anti-Cheat enabled",
    9: "Co-op",
    13: "Captions available",
    14: "Commentary available",
    15: "Stats",
    16: "Includes Source SDK",
    17: "Includes level editor",
    18: "Partial Controller Support",
    20: "MMO",
    21: "Downloadable Content",
    22: "Steam Achievements",
    23: "Steam Cloud",
    24: "Shared/Split Screen",
    25: "Steam Leaderboards",
    27: "Cross-Platform Multiplayer",
    28: "Full controller support",
    29: "Steam Trading Cards",
    30: "Steam Workshop",
    32: "Steam Turn Notifications",
    35: "In-App Purchases",
    36: "Online Multi-Player",
    37: "Local Multi-Player",
    38: "Online Co-op",
    39: "Local Co-op",
    40: "SteamVR Collectibles",
}
PARTIAL_CONTROLLER, FULL_CONTROLLER, FAMILY_SHARING = 18, 28, 62

# ELanguage.
LANGUAGES: Mapping[int, str] = dict(
    enumerate(
        (
            *("english", "german", "french", "italian", "koreana", "spanish", "schinese", "tchinese"),
            *("russian", "thai", "japanese", "portuguese", "polish", "danish", "dutch", "finnish"),
            *("norwegian", "swedish", "hungarian", "czech", "romanian", "turkish", "brazilian"),
            *("bulgarian", "greek", "arabic", "ukrainian", "latam", "vietnamese", "sc_schinese"),
            "indonesian",
        )
    )
)
# Steam's names of languages as ISO 639-1 codes.
ISO_CODES: Mapping[str, str] = {
    **{"arabic": "ar", "brazilian": "pt", "bulgarian": "bg", "czech": "cs", "danish": "da", "dutch": "nl"},
    **{"english": "en", "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hungarian": "hu"},
    **{"indonesian": "id", "italian": "it", "japanese": "ja", "koreana": "ko", "latam": "es"},
    **{"norwegian": "no", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru"},
    **{"schinese": "zh", "sc_schinese": "zh", "spanish": "es", "swedish": "sv", "tchinese": "zh"},
    **{"thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi"},
}

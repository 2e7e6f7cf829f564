"""What the invented players like, and which games many people own."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ingest.sample.catalogue import Game


@dataclass(frozen=True, slots=True)
class Taste:
    """A kind of player: how common it is among players, and how much a tag draws it."""

    name: str
    share: float
    likes: Mapping[str, float]

    def affinity(self, game: Game) -> float:
        """Return how much this kind of player is drawn to a game, from 0 (not at all) to 5."""
        words = {*game.tags, *game.genres}
        return min(5.0, sum(weight for word, weight in self.likes.items() if word in words))


TASTES: Final[tuple[Taste, ...]] = (
    Taste("shooters", 16, {"FPS": 1.5, "Shooter": 1.2, "Competitive": 1, "Team-Based": 1, "Military": 0.7}),
    Taste("co-op", 12, {"Online Co-Op": 2, "Co-op": 1.2, "Local Co-Op": 1.5, "Loot": 1, "Zombies": 0.8}),
    Taste("role-playing", 13, {"RPG": 1.4, "CRPG": 1.2, "Choices Matter": 1, "Fantasy": 0.8, "JRPG": 1}),
    Taste(
        "hard fights", 8, {"Souls-like": 2.5, "Difficult": 1.2, "Metroidvania": 1.2, "Hack and Slash": 1.4}
    ),
    Taste(
        "puzzles and stories", 11, {"Puzzle": 2, "Story Rich": 0.8, "Walking Simulator": 1.2, "Mystery": 1}
    ),
    Taste("strategy", 10, {"Grand Strategy": 1.4, "4X": 1.2, "RTS": 1.4, "Strategy": 0.8, "Tactical": 0.5}),
    Taste(
        "building",
        10,
        {"Building": 1.3, "Crafting": 1.2, "Sandbox": 0.8, "City Builder": 1.5, "Base Building": 1},
    ),
    Taste("driving", 5, {"Driving": 2, "Racing": 1.8, "Trains": 2, "Flight": 2, "Agriculture": 1.2}),
    Taste("small and hard", 9, {"Rogue-like": 1.4, "Platformer": 1.5, "Pixel Graphics": 1, "2D": 0.9}),
    Taste("free and online", 12, {"Free to Play": 2.2, "MMORPG": 1.2, "MOBA": 1.2, "PvP": 0.5}),
    Taste("open worlds", 10, {"Third Person": 1.5, "Parkour": 1.2, "Superhero": 1.5, "Open World": 0.8}),
    Taste("horror", 6, {"Survival Horror": 1.5, "Horror": 1.6, "Psychological Horror": 0.9, "Zombies": 0.6}),
)

# Games that far more people own than an ordinary one, and how many times more.
HITS: Final[Mapping[int, float]] = MappingProxyType(
    {
        570: 14, 730: 14, 440: 12, 304930: 9, 550: 10, 230410: 6, 240: 6, 4000: 7, 105600: 7, 620: 7, 400: 6,
        220: 5, 218620: 5, 49520: 5, 8930: 5, 10: 4, 70: 3, 80: 3, 340: 3, 320: 3, 380: 3, 420: 3, 271590: 5,
        377160: 4, 292030: 4, 489830: 4, 22380: 3, 252950: 4, 578080: 5, 359550: 4, 236390: 4, 218230: 3,
        301520: 3, 238960: 3, 227300: 3, 255710: 3, 250900: 3, 211420: 3, 319630: 2, 107410: 3, 221100: 3,
        252490: 3, 346110: 3, 1145360: 2, 413150: 3, 265930: 2, 291550: 3, 203160: 3, 205100: 3, 35140: 2,
        200260: 2, 8870: 3, 212680: 2, 219740: 2, 322330: 3, 48000: 3, 12210: 2, 268500: 2, 289070: 3,
    }
)  # fmt: skip

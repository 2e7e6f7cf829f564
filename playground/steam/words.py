"""Invented names: of games, studios and people, and the sentences of generated reviews and descriptions."""

from playground.steam.mixing import mixed, pick


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ADJECTIVES = _words(
    """
    Amber Ancient Ashen Azure Blazing Blind Brass Broken Burning Candlelit Cloudy Cobalt Crooked Crystal
    Distant Dusty Ebony Eternal Fading Fallen Feral Floating Forgotten Frozen Gentle Gilded Golden Hidden
    Hollow Hungry Idle Iron Ivory Jagged Last Laughing Lonely Lucid Lunar Midnight Misty Molten Painted Pale
    Paper Quiet Restless Rusty Sacred Salted Scarlet Silent Silver Sleepy Stolen Sunken Tangled Velvet
    Wandering Wild
    """
)
_NOUNS = _words(
    """
    Anchor Archive Atlas Beacon Canyon Castle Cathedral Caravan Circuit Citadel Cove Crown Depths Dominion
    Dynasty Echo Ember Engine Expedition Factory Falcon Forest Foundry Frontier Garden Glacier Harbor
    Harvest Horizon Island Kingdom Labyrinth Lantern Legion Library Lighthouse Meadow Mirage Monolith Oasis
    Orchard Orbit Outpost Pilgrim Prairie Quarry Railway Reef Ritual Sanctuary Satellite Shore Spire Station
    Tavern Tempest Tides Valley Voyage Workshop
    """
)
_SEQUELS = ("", " II", " III", " IV", " V", " VI", " Zero", " Online")
_SUBTITLES = ("", ": Origins", ": Aftermath", " VR", " - Prologue")
_TITLES = len(_ADJECTIVES) * len(_NOUNS) * len(_SEQUELS) * len(_SUBTITLES)
# Shares no divisor with the number of titles, so every index has a title of its own.
_STRIDE = 77_773

_STUDIO_ENDS = ("Games", "Interactive", "Studio", "Works", "& Sons", "Entertainment", "Collective", "Labs")
_PERSONS = (
    "Ana",
    "Bruno",
    "Chloe",
    "Dmitri",
    "Emeka",
    "Fatima",
    "Greta",
    "Hiro",
    "Ines",
    "Jonas",
    "Kira",
    "Liam",
    "Mei",
    "Nadia",
    "Omar",
    "Priya",
)

_DESCRIPTIONS = (
    "Build a settlement, keep it warm &amp; fed, and find out what the winter wants.",
    "A turn-based tale of three siblings who share one sword.",
    "Drive, drift and repair: the desert has 40 tracks &amp; no referee.",
    "Dig down, sell what you find, dig deeper. Something digs up.",
    "Solve murders by cooking the victim&#39;s last meal.",
    "Co-op farming for four friends and one stubborn goat.",
    "Fly a mail route between islands that move at night.",
    "Lead a choir of robots &quot;to victory&quot; in a rhythm shooter.",
    "A deck of 200 cards, a tower of 50 floors, and no second try.",
    "Restore an old cinema and the films that nobody remembers.",
)
_VERDICTS = (
    "Lost a whole weekend to this and I regret nothing.",
    "Good idea, but it crashes on the third map every time.",
    "Best co-op I have played in years. Bring a friend!",
    "The writing is wonderful and the soundtrack even better.",
    "Boring after two hours, refunded.",
    "10/10 would get lost in the caves again",
    "Terrible controls, awful menus, lovely art.",
    "It is fine. Wait for a sale.",
    "Runs great on my old laptop, no complaints.",
    "They fixed everything that people complained about. Recommended.",
)


def title(index: int) -> str:
    """Return the title of generated game number `index`; no two below 140,000 share one."""
    number = index * _STRIDE % _TITLES
    number, subtitle = divmod(number, len(_SUBTITLES))
    number, sequel = divmod(number, len(_SEQUELS))
    adjective, noun = divmod(number, len(_NOUNS))
    return f"{_ADJECTIVES[adjective]} {_NOUNS[noun]}{_SEQUELS[sequel]}{_SUBTITLES[subtitle]}"


def studio(number: int) -> str:
    """Return the name of a studio."""
    return f"{pick(_ADJECTIVES, number, 1)} {pick(_NOUNS, number, 2)} {pick(_STUDIO_ENDS, number, 3)}"


def persona(number: int) -> str:
    """Return what a generated person is called."""
    return f"{pick(_PERSONS, number, 1)}{mixed(number, 2) % 1000}"


def description(number: int) -> str:
    """Return a short description, with the HTML entities that the store's have."""
    return pick(_DESCRIPTIONS, number, 4)


def verdict(number: int) -> str:
    """Return the text of a review."""
    return pick(_VERDICTS, number, 5)

"""The words of the sample's reviews: templates of opinions, none of them said by anyone.

`{aspect}` is filled from the game's tags, `{title}` with its name, `{hours}` with the hours played. The
texts hold opinions only, no claims about a game that could be true or false.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# What a tag makes people write about.
ASPECTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Puzzle": "the puzzles",
        "Story Rich": "the story",
        "Co-op": "playing it with a friend",
        "Great Soundtrack": "the music",
        "Open World": "the open world",
        "Multiplayer": "the multiplayer",
        "FPS": "the gunplay",
        "Tactical": "the tactics",
        "Atmospheric": "the atmosphere",
        "Comedy": "the humour",
        "Choices Matter": "the choices it lets me make",
        "Rogue-like": "how every run is different",
        "Platformer": "the platforming",
        "Turn-Based": "planning every turn",
        "City Builder": "watching my town grow",
        "Crafting": "the crafting",
        "Exploration": "exploring",
        "Driving": "the driving",
        "Racing": "the racing",
        "Moddable": "the mods",
        "Pixel Graphics": "the pixel art",
        "Character Customization": "making my own character",
        "Stealth": "the sneaking",
        "Loot": "the loot",
        "Space": "flying through space",
        "Free to Play": "how much there is without paying",
    }
)
PLAIN_ASPECTS: Final = ("the controls", "the look of it", "the menus", "the pace", "the ending", "the levels")

POSITIVE_OPENINGS: Final = (
    "I love this game.",
    "Great game, I keep coming back to it.",
    "{hours} hours in and I am still having fun.",
    "One of the best games I own.",
    "Bought it in a sale and it was worth every cent.",
    "What a wonderful surprise.",
    "{title} is brilliant.",
    "A masterpiece, plain and simple.",
    "It's called \"one of the best\", and that's true.",
    "Came for {aspect}, stayed because it is so good.",
)
POSITIVE_MIDDLES: Final = (
    "I really enjoy {aspect}.",
    "The best part for me: {aspect}.",
    "They did an amazing job with {aspect}.",
    "I was happy with {aspect} from the first minute.",
    "Perfect for an evening, thanks to {aspect}.",
    "",
)
POSITIVE_CLOSINGS: Final = (
    "Highly recommended!",
    "Buy it, you will love it.",
    "10/10.",
    "Thank you, developers!",
    "",
)

NEGATIVE_OPENINGS: Final = (
    "I was bored after an hour.",
    "What a disappointment, I am angry.",
    "A waste of my time and money.",
    "{hours} hours wasted, and I hated most of them.",
    "Boring, boring, boring.",
    "{title} is terrible, sorry.",
    "I regret this purchase.",
    "The worst evening I spent this year.",
)
NEGATIVE_MIDDLES: Final = (
    "I hated {aspect}.",
    "I got angry about {aspect}.",
    "The worst part for me: {aspect}.",
    "Sad to say that they ruined {aspect} for me.",
    "I was annoyed by {aspect} all the time.",
    "",
)
NEGATIVE_CLOSINGS: Final = ("Avoid.", "I hate that I paid for this.", "Awful.", "2/10, bad.", "")

# Opinions that say one thing with the words of the other.
IRONIC_PRAISE: Final = (
    "I lost my weekend, my sleep and two friends to this. Terrible. Would do it again.",
    "This game hates me and I hate it back. See you tomorrow.",
    "I died, I screamed, I died again. Five stars.",
    "Ruined my grades. Send help & snacks.",
)
IRONIC_BLAME: Final = (
    "Great music, beautiful pictures, and I still fell asleep.",
    "Best refund of my life, thanks.",
    "I love waiting. If you love waiting too, this is perfect.",
    "Wonderful trailer. I wish I had bought the trailer.",
)
NEUTRAL: Final = (
    "It is a game.",
    "ok",
    ".",
    "Played it on my old laptop.",
    "Ask me again in a month.",
    "Same as the one before.",
    "It has a beginning and an end.",
    "First review on here.\n",
    "C:\\games\\{title}",
)
CENSORED_PRAISE: Final = ("♥♥♥♥ yes, the best evening in months!", "Holy ♥♥♥♥ this is good.")
CENSORED_BLAME: Final = ("What the ♥♥♥♥ did I just play. Awful.", "I hated it. Awful ♥♥♥♥.")

# Praise and blame in other languages, which an English lexicon mostly takes for neutral.
FOREIGN_PRAISE: Final = (
    "Muy buen juego, lo recomiendo a todos.",
    "Jogo incrível, vale cada centavo.",
    "Sehr schönes Spiel, ich kann es jedem empfehlen.",
    "Un jeu magnifique, à essayer absolument.",
    "Отличная игра, всем советую.",
    "非常好玩,推荐给大家。",
    "とても楽しいゲームです。",
    "เกมนี้สนุกมาก แนะนำเลย",
    "Świetna gra, polecam każdemu.",
)
FOREIGN_BLAME: Final = (
    "No me gustó nada, muy aburrido.",
    "Não gostei, muito repetitivo.",
    "Leider sehr langweilig, nicht mein Fall.",
    "Je me suis ennuyé du début à la fin.",
    "Скучно, не советую.",
    "很无聊,不推荐。",
)

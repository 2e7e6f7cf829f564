"""Ways to play in the reader's own words."""

import pytest

from commands.core.cards.play_modes import ways_to_play
from localization.translations import Locales, Translations
from store.scoring.play_modes import SPECS

TEXTS = Translations()
WORDS = sorted({word for words in SPECS.values() for word in words})


def test_ways_to_play_are_told_once_each() -> None:
    specs = ("Single-player", "Multi-player", "Online Multi-Player", "Co-op", "Online Co-op", "Stats")
    assert ways_to_play(specs, TEXTS) == (
        "single\N{NON-BREAKING HYPHEN}player",
        "online multiplayer",
        "online co\N{NON-BREAKING HYPHEN}op",
    )
    assert ways_to_play(("Steam Cloud",), TEXTS) == ()


@pytest.mark.parametrize("word", WORDS)
def test_every_way_to_play_that_is_asked_for_has_a_name(word: str) -> None:
    assert len(ways_to_play((word,), TEXTS)) == 1


def test_ways_to_play_are_told_in_the_readers_language() -> None:
    spanish = Locales().translations("es-ES")
    assert ways_to_play(("Multi-player", "Local Co-op"), spanish) == ("multijugador", "cooperativo local")

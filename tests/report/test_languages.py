"""What a review is guessed to be written in."""

import pytest

from report.data.languages import Language, guess_language
from report.data.reviews import game_words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This is the best game you can buy", Language.ENGLISH),
        ("El juego es muy bueno y lo recomiendo", Language.SPANISH),
        ("O jogo é muito bom, não é uma perda de tempo", Language.PORTUGUESE),
        ("Das Spiel ist sehr gut und macht mit Freunden Spaß", Language.GERMAN),
        ("Le jeu est très bien pour les amis", Language.FRENCH),
        ("Отличная игра, советую всем", Language.OTHER_SCRIPT),
        ("很好玩", Language.OTHER_SCRIPT),
        ("gg", Language.UNKNOWN),
        ("10/10 !!!", Language.UNKNOWN),
        ("", Language.UNKNOWN),
    ],
)
def test_the_language_is_that_of_the_commonest_words(text: str, language: Language) -> None:
    assert guess_language(text) is language


def test_game_words_are_found_in_every_form_and_as_whole_words_only() -> None:
    assert game_words("I KILLED a zombie. Warm software.") == {"kill", "zombie"}

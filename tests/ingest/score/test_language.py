"""Which texts are told to be no English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.score.judge import Judge
from ingest.score.language import ForeignLanguages
from ingest.score.vader import Vader


@pytest.fixture(scope="module")
def languages() -> ForeignLanguages:
    return ForeignLanguages()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Muy bueno. Realmente necesitas pensar para llegar a la victoria.", "es"),
        ("jogo de fps muito legal um jogo com jogabilidades otimas", "pt"),
        ("Das Spiel ist wirklich langweilig und voller Fehler, leider nicht mehr.", "de"),
        ("Очень хорошая игра, рекомендую всем", "ru"),
        ("不错的游戏，我喜欢", "zh"),
        ("최고의 명작 입니다!", "ko"),
        ("ของขายแพงดี สนุกมาก", "th"),
        ("बहुत अच्छा खेल है", "hi"),
        ("[b]Este juego[/b] lo encontré bueno, su jugabilidad es muy buena", "es"),
    ],
)
def test_a_text_in_another_language_is_told(languages: ForeignLanguages, text: str, language: str) -> None:
    assert languages.detect(text) == language


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "10/10",
            "♥♥♥♥",
            ":D",
            "gg wp",
            "noice",
            "hats",
            "Best game EU NA",
            "lol",
            "GabeN plz",
            "OP af",
        ),
        *("10/10 would bang", "pew pew pew", "zombies + guns = yes", "https://example.com/juego/muy/bueno"),
        *("muito top", "gut"),  # too short to be sure of
        "Simply put: brilliant atmosphere, gorgeous soundtrack, addictive gameplay.",
    ],
)
def test_short_english_and_slang_stay_english(languages: ForeignLanguages, text: str) -> None:
    assert languages.detect(text) is None


@pytest.mark.slow
def test_the_tone_of_a_text_that_is_not_english_is_withheld() -> None:
    judge = Judge(Vader())
    german = judge.tone("Das Spiel ist wirklich langweilig und voller Fehler, leider nicht mehr.")
    english = judge.tone("This game is really boring and full of bugs. 2/10")
    assert (german.judged, german.language) == (None, "de")
    assert (english.judged, english.language) == (0, None)


@given(text=st.text())
def test_no_text_breaks_it(languages: ForeignLanguages, text: str) -> None:
    assert languages.detect(text) is None or len(languages.detect(text) or "") == 2

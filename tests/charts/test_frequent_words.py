"""Which words make a cloud."""

import pytest

from charts.frequent_words import frequent_words


def test_a_word_counts_once_for_each_text_that_uses_it() -> None:
    texts = ["Great! GREAT great great hats", "great guns", "hats and hats"]

    assert frequent_words(texts, most=2) == [("great", 2), ("hats", 2)]


def test_words_that_say_nothing_are_left_out() -> None:
    texts = ["this game is the best and i don't get why you cant play it, 10/10 ok", "BEST"]

    assert frequent_words(texts, most=10) == [("best", 2)]
    assert frequent_words(texts, most=10, besides=["best"]) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Метро лучшая", ["лучшая", "метро"]),
        ("Gabe's hats", ["gabe", "hats"]),
        ("it’s d’ivoire", ["d'ivoire"]),
        ("♥♥♥♥ 1234 _____", []),
        ("bull♥♥♥♥ ♥♥♥♥tastic fine", ["fine"]),
        ("a" * 500, []),
    ],
)
def test_words_are_letters_of_any_script(text: str, words: list[str]) -> None:
    assert [word for word, _ in frequent_words([text], most=10)] == words

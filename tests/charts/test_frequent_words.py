"""Which words make a cloud."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.frequent_words import frequent_words


def test_a_word_counts_once_for_each_text_that_uses_it() -> None:
    texts = ["Great! GREAT great great hats", "great guns", "hats and hats"]

    assert frequent_words(texts, most=2) == [("great", 2), ("hats", 2)]


def test_words_that_say_nothing_are_left_out() -> None:
    texts = ["this game is the best and i don't get why you cant play it, 10/10 ok", "BEST"]

    assert frequent_words(texts, most=10) == [("best", 2)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Метро лучшая", ["лучшая", "метро"]),
        ("Gabe's hats", ["gabe", "hats"]),
        ("it’s d’ivoire", ["d'ivoire"]),
        ("♥♥♥♥ 1234 _____", []),
        ("bull♥♥♥♥ ♥♥♥♥tastic fine", ["fine"]),
        ("a" * 500, []),
        ("बहुत अच्छा खेल है", ["अच्छा", "खेल", "बहुत"]),
        ("สนุกมากครับ เกมนี้ดีมาก", ["สนุกมากครับ", "เกมนี้ดีมาก"]),
        ("cafe\u0301 café", ["café"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("게임 재미있어요", ["게임", "재미있어요"]),
        ("三国志很好玩", ["三国", "国志", "志很", "很好", "好玩"]),
        ("好", []),
        ("このゲームは最高です", ["ゲーム", "最高"]),
    ],
)
def test_words_are_letters_of_any_script(text: str, words: list[str]) -> None:
    assert sorted(word for word, _ in frequent_words([text], most=10)) == sorted(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("http://foo.bar/baz is my page", ["page"]),
        ("HTTPS://Foo.Bar/?q=hats#top hats", ["hats"]),
        ("see www.nextplay.example/list, hats", ["hats"]),
        ("store.steampowered.com and youtu.be/dQw4 and hats", ["hats"]),
        ("steam://run/440 hats", ["hats"]),
        ("[hats](https://example.com/a_b)", ["hats"]),
        ("[url=https://example.com]hats[/url]", ["hats"]),
        ("[h1]hats[/h1][list][*]guns[/list]", ["guns", "hats"]),
        ("<b>hats</b><br/>guns<a href='http://x.com'>", ["guns", "hats"]),
        ("Great hats.Great guns...great", ["great", "guns", "hats"]),
        ("hats [great] <3 guns", ["great", "guns", "hats"]),
    ],
)
def test_links_and_marks_are_no_words(text: str, words: list[str]) -> None:
    assert sorted(word for word, _ in frequent_words([text], most=10)) == words


@given(st.text(st.characters(exclude_categories=["Cs", "Cn"])))
def test_a_word_is_made_of_letters_with_their_marks_joiners_and_apostrophes(text: str) -> None:
    for word, _ in frequent_words([text], most=1000):
        assert unicodedata.category(word[0])[0] == "L"
        assert all(unicodedata.category(c)[0] in "LM" or c in "'\u200c\u200d" for c in word)

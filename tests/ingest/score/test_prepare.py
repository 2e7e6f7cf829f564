"""What VADER is given to read of a review."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.score.prepare import prepare, with_ratings_in_words
from ingest.score.tone import classify
from ingest.score.vader import Vader
from store.models import Sentiment

vader = Vader()

# ASCII, without what is a mark, a link or a rating: brackets, angle brackets, slashes, full stops in words.
PLAIN = st.text("abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !?,'\"-:;()$%&*+=_~\n")
SENTENCES = st.lists(
    st.sampled_from(["good", "BAD", "not", "very", ":)", "<3", "don't", "but", "game.", "10"]) | PLAIN
)


@given(SENTENCES.map(" ".join))
def test_plain_text_is_read_as_it_is_and_scores_as_nltk_scores_it(text: str) -> None:
    assert with_ratings_in_words(prepare(text)) == text
    assert vader.compound(prepare(text)) == vader.polarity_scores(text)["compound"]


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("10/10", Sentiment.POSITIVE),
        ("8/10 hats", Sentiment.POSITIVE),
        ("9.5/10", Sentiment.POSITIVE),
        ("11/10", Sentiment.POSITIVE),
        ("5 out of 5", Sentiment.POSITIVE),
        ("85/100", Sentiment.POSITIVE),
        ("5/10", Sentiment.NEUTRAL),
        ("3/10", Sentiment.NEGATIVE),
        ("0 / 10", Sentiment.NEGATIVE),
        ("9/10/2015", Sentiment.NEUTRAL),
        ("since 24/7", Sentiment.NEUTRAL),
        ("★★★★★", Sentiment.POSITIVE),
        ("★★★★☆", Sentiment.POSITIVE),
        ("★★★☆☆", Sentiment.NEUTRAL),
        ("★☆☆☆☆", Sentiment.NEGATIVE),
        ("★ hats ★", Sentiment.NEUTRAL),
        ("👍", Sentiment.POSITIVE),
        ("👎🏽", Sentiment.NEGATIVE),
        ("❤️", Sentiment.POSITIVE),
        ("😡", Sentiment.NEGATIVE),
        ("♥♥♥♥", Sentiment.NEUTRAL),
        ("I don’t like it", Sentiment.NEGATIVE),
        ("[b]great[/b]", Sentiment.POSITIVE),
        ("<b>great</b><br>hats", Sentiment.POSITIVE),
        ("[url=http://best-hats.com/awesome]hats[/url]", Sentiment.NEUTRAL),
        ("https://example.com/awful/bad", Sentiment.NEUTRAL),
    ],
)
def test_what_people_mean_is_what_is_scored(text: str, sentiment: Sentiment) -> None:
    assert classify(vader.compound(with_ratings_in_words(prepare(text)))) is sentiment


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("I don’t “love” it", 'I don\'t "love" it'),
        ("[b]GREAT[/b] game", "GREAT game"),
        ("great<br>game", "great game"),
    ],
)
def test_marks_change_no_score(marked: str, plain: str) -> None:
    assert vader.compound(prepare(marked)) == vader.compound(plain)


@given(st.text())
def test_nothing_breaks_it(text: str) -> None:
    assert -1 <= vader.compound(prepare(text)) <= 1

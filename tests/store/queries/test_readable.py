"""A review that is shown to anybody says something, in words for anybody."""

import pytest

from store import queries
from store.queries.readable import is_presentable
from tests.store.builder import SmallStore

PLAIN = "The puzzles are clever, and the story made me laugh more than once."


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "Scunthorpe's assassins classify cockpits; the Essex dickens of a shiitake class.",
        "Me encanta: la computadora disputa cada partida y el puzle es una delicia.",
        "¡Буква за буквой эта игра становится только лучше и лучше!",
    ],
)
def test_plain_sentences_are_shown(text: str) -> None:
    assert is_presentable(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BEST GAME EVER",
        "good",
        PLAIN.upper(),
        f"{PLAIN} ♥♥♥♥ing great",
        f"{PLAIN} What the FUCK",
        f"{PLAIN} Una mierda.",
        f"{PLAIN} Buy it!!!",
        "░░░░░░░▄▄▄▀▀▀▄▄███▄░░░░░░░░░░░░░░ ░░░░░▄▀▀░░░░░░░▐░▀██▌ art",
        "10/10 10/10 10/10 10/10 10/10 10/10",
    ],
)
def test_shouts_pictures_and_foul_words_are_not(text: str) -> None:
    assert not is_presentable(text)


def test_where_no_review_can_be_shown_there_is_none(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2")
        build.review(620, "fan", "♥♥♥♥ing great, and then some more words about it, and some more")
    assert small_store.ask(queries.game, "620").typical_positive is None


def test_a_text_keeps_its_paragraphs(small_store: SmallStore) -> None:
    text = f"{PLAIN}\n\n{PLAIN}"
    with small_store.fill() as build:
        build.game(620, "Portal 2")
        build.review(620, "fan", text)
    typical = small_store.ask(queries.game, "620").typical_positive
    assert typical is not None
    assert typical.text == text

"""The card of one game."""

from datetime import date
from decimal import Decimal

import pytest

from store import NotFound, queries
from tests.store.builder import SmallStore

READABLE = "A review long enough to say something and short enough to be read in a chat: "


def test_a_card_tells_what_the_data_say_of_a_game(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(
            620,
            "Portal 2",
            year=2011,
            cents=1999,
            developers=("Valve", "Aspyr"),
            genres=("Puzzle",),
            tags=("Co-op", "Comedy"),
        )
        build.game_stats(
            620,
            owners=9,
            players=3,
            minutes=720,
            minutes_p25=60.0,
            minutes_median=90.0,
            minutes_p75=600.0,
            reviews=3,
            recommended=2,
            negative=1,
            positive=2,
        )

    card = small_store.ask(queries.game, "portal 2")

    assert (card.game.id, card.game.title, card.game.price) == (620, "Portal 2", Decimal("19.99"))
    assert (card.developers, card.genres, card.tags) == (
        ("Valve", "Aspyr"),
        ("Puzzle",),
        ("Co-op", "Comedy"),
    )
    assert card.playtime is not None
    assert (card.playtime.lower, card.playtime.median, card.playtime.upper) == (1.0, 1.5, 10.0)
    assert (card.owners, card.playtime.players, card.recommended) == (9, 3, 2)
    assert card.reviews.as_dict() == {"Portal 2": ["Negative = 1", "Positive = 2"]}


def test_what_the_data_lack_is_said_to_be_unknown_not_free_and_not_zero(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(205790, "Dota 2 Test")

    card = small_store.ask(queries.game, "205790")

    assert (card.game.price, card.game.release_year, card.playtime) == (None, None, None)
    assert (card.owners, card.reviews.total, card.typical_positive, tuple(card.similar)) == (0, 0, None, ())


def test_a_typical_review_agrees_with_itself_is_helpful_and_of_the_usual_tone(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2")
        build.review(620, "ironic", READABLE + "no", recommend=False, score=0.9, helpful=99)
        build.review(620, "shouting", "BEST", score=0.6, helpful=90)
        build.review(620, "gushing", READABLE + "gushing", score=0.99, helpful=80)
        build.review(620, "usual", READABLE + "usual", score=0.6, helpful=5, posted=date(2014, 5, 1))
        build.review(620, "dry", READABLE + "dry", score=0.1, helpful=70)
        build.review(620, "cross", READABLE + "cross", recommend=False, score=-0.7)

    card = small_store.ask(queries.game, "620")

    assert card.typical_positive is not None
    assert (card.typical_positive.user_id, card.typical_positive.helpful) == ("usual", 5)
    assert card.typical_positive.posted == date(2014, 5, 1)
    assert card.typical_negative is not None
    assert card.typical_negative.user_id == "cross"


def test_of_equally_usual_reviews_the_more_helpful_is_shown(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2")
        for user_id, helpful in (("first", 1), ("helpful", 7), ("last", 2)):
            build.review(620, user_id, READABLE, score=0.5, helpful=helpful)

    card = small_store.ask(queries.game, "620")

    assert card.typical_positive is not None
    assert card.typical_positive.user_id == "helpful"


def test_a_long_review_is_cut_at_a_word(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2")
        build.review(620, "novelist", "wonderful " * 200)

    excerpt = small_store.ask(queries.game, "620").typical_positive

    assert excerpt is not None
    assert len(excerpt.text) <= 400
    assert excerpt.text.endswith("wonderful…")


def test_an_app_id_that_no_game_has_is_not_found(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2")

    with pytest.raises(NotFound) as caught:
        small_store.ask(queries.game, "621")
    assert (caught.value.kind, caught.value.asked) == ("game", "621")

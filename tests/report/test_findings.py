"""The first sentences of the page: right where they hold, absent where they do not."""

from datetime import date

import pytest

from report.blocks import Page
from report.wording import Wording
from report.writing import page_of
from tests.report.small_data import applied, owners, reviewed
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow


def page(store: SmallStore) -> Page:
    return page_of(store.database, Wording())


def sentences(store: SmallStore) -> str:
    return " ".join(finding.sentence for finding in page(store).findings)


def test_the_most_owned_game_is_named_with_its_share_of_libraries(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal")
        b.game(2, "Dota 2")
        owners(b, [{1: 60, 2: 0}, {1: 0}, {1: 0}, {2: 5}])

    assert "Portal stands in most libraries: 75% of those that hold any game." in sentences(store)


def test_what_was_never_started_is_counted(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal")
        b.game(2, "Dota 2")
        owners(b, [{1: 60, 2: 0}, {1: 0}, {1: 0, 2: 5}])

    assert "60% of all owned games were never started." in sentences(store)


def test_where_everything_was_played_nothing_is_said_of_what_was_not(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal")
        owners(b, [{1: 60}, {1: 5}])

    assert "never started" not in sentences(store)


def test_games_owned_together_are_found_by_lift(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        for game, title in ((1, "One"), (2, "Two"), (3, "Alone")):
            b.game(game, title)
        # Of 100 libraries 20 have both of two games that 25 own each: 20 * 100 / (25 * 25) = 3.2.
        owners(b, [{1: 1, 2: 1}] * 20 + [{1: 1}] * 5 + [{2: 1}] * 5 + [{3: 1}] * 70)

    assert "One and Two are owned together 3.2 times as often as by chance." in sentences(store)


def test_too_few_common_owners_are_no_finding(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "One")
        b.game(2, "Two")
        owners(b, [{1: 1, 2: 1}] * 19)

    assert "owned together" not in sentences(store)


def test_price_and_playtime_that_rise_together_are_said_to(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        for game in range(1, 31):
            b.game(game, f"Game {game}", cents=500 * game)
        owners(b, [{game: 60 * game for game in range(1, 31)}] * 20)

    assert "Dearer games are played longer: rho 1 over 30 games." in sentences(store)


def test_a_relation_over_a_few_games_is_no_finding(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        for game in range(1, 30):
            b.game(game, f"Game {game}", cents=500 * game)
        owners(b, [{game: 60 * game for game in range(1, 30)}] * 20)

    assert "rho" not in sentences(store)


def test_genres_are_compared_by_tone_from_enough_reviews_on(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        for game, genre in ((1, "RPG/Strategy"), (2, "Action"), (3, "Rare")):
            b.game(game, f"Game {game}", genres=(genre,))
        reviewed(b, 1, recommended=90, against=10, positive=80)
        reviewed(b, 2, recommended=90, against=10, positive=60)
        reviewed(b, 3, recommended=9, against=1, positive=1)

    found = sentences(store)

    assert "most positive about RPG/Strategy (80%), and least about Action (60%)" in found
    assert "Rare" not in found


def test_game_words_that_darken_the_tone_are_told_of(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal")
        for number in range(60):
            b.review(1, f"killer{number}", "I kill zombies", score=-0.8, posted=date(2014, 1, 1))
            b.review(1, f"other{number}", "Nice and calm", score=0.8)

    found = sentences(store)

    assert "100% of the reviews with one are negative, and 0% of the others" in found
    assert "In 50% of the reviews the tone that VADER reads contradicts" in found


def test_where_game_words_change_nothing_nothing_is_said_of_them(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal")
        for number in range(60):
            b.review(1, f"killer{number}", "I kill zombies", score=0.8)
            b.review(1, f"other{number}", "Nice and calm", score=0.8)

    found = sentences(store)

    assert "darken" not in found
    assert "contradicts" not in found


def test_every_finding_leads_to_what_shows_it(store: SmallStore) -> None:
    with store.fill() as b:
        applied(b)
        b.game(1, "Portal", cents=999)
        owners(b, [{1: 60}, {1: 0}])

    made = page(store)
    places = {section.name for section in made.sections} | {
        getattr(block, "name", "") for section in made.sections for block in section.blocks
    }

    assert made.findings
    assert {finding.shown_by for finding in made.findings} <= places

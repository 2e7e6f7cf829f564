"""How often games are asked about: a number that ages, of nobody."""

from datetime import date, timedelta

import pytest

from store import Database
from store.user_data import count_questions, most_asked_games
from store.user_data.models import AskedGame

TODAY = date(2026, 4, 20)
PORTAL, TERRARIA, HADES = 620, 105600, 1145360


def ask(store: Database, questions: dict[int, int], days_ago: int = 0) -> None:
    with store.user_data.writer() as session:
        count_questions(session, questions, TODAY - timedelta(days=days_ago))


def most_asked(store: Database, limit: int = 10) -> tuple[int, ...]:
    with store.user_data.reader() as session:
        return most_asked_games(session, TODAY, limit)


def test_games_asked_about_most_come_first(empty_store: Database) -> None:
    ask(empty_store, {PORTAL: 1, TERRARIA: 2, HADES: 1})
    ask(empty_store, {HADES: 2})
    assert most_asked(empty_store) == (HADES, TERRARIA, PORTAL)
    assert most_asked(empty_store, 1) == (HADES,)


def test_what_was_asked_a_day_before_counts_half(empty_store: Database) -> None:
    ask(empty_store, {PORTAL: 5}, days_ago=1)
    ask(empty_store, {TERRARIA: 2}, days_ago=0)
    assert most_asked(empty_store) == (PORTAL, TERRARIA)
    ask(empty_store, {TERRARIA: 1}, days_ago=0)
    assert most_asked(empty_store) == (TERRARIA, PORTAL)


@pytest.mark.parametrize(("questions", "counts"), [(1, False), (2, True)])
def test_a_single_question_of_the_day_before_moves_nothing(
    empty_store: Database, questions: int, counts: bool
) -> None:
    ask(empty_store, {PORTAL: questions}, days_ago=1)
    assert most_asked(empty_store) == ((PORTAL,) if counts else ())


def test_questions_of_several_days_add_up(empty_store: Database) -> None:
    ask(empty_store, {PORTAL: 2}, days_ago=2)
    ask(empty_store, {PORTAL: 1}, days_ago=1)
    assert most_asked(empty_store) == (PORTAL,)


def test_what_nobody_asks_about_any_more_goes(empty_store: Database) -> None:
    ask(empty_store, {PORTAL: 3}, days_ago=30)
    ask(empty_store, {TERRARIA: 1})
    assert kept(empty_store) == {TERRARIA}


def test_the_least_asked_go_where_there_are_too_many(empty_store: Database) -> None:
    others = range(10_000, 11_999)
    ask(empty_store, {PORTAL: 2, TERRARIA: 3})
    ask(empty_store, dict.fromkeys(others, 4))
    assert kept(empty_store) == {TERRARIA, *others}


def test_forgetting_a_person_leaves_the_numbers_which_name_nobody(empty_store: Database) -> None:
    ask(empty_store, {PORTAL: 1})
    empty_store.user_data.forget(111)
    assert most_asked(empty_store) == (PORTAL,)
    assert {column.name for column in AskedGame.__table__.columns} == {"game_id", "weight"}


def kept(store: Database) -> set[int]:
    with store.user_data.reader() as session:
        return {row.game_id for row in session.query(AskedGame)}

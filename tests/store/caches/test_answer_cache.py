"""Answers that readers share: one state of the store, one audience, and never older than the question."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store import Database
from store.caches.answer_cache import bypass_answer_cache, kept
from store.models import Developer
from store.people.audience import Audience

Counting = tuple[Callable[[Session], int], list[int]]


@pytest.fixture
def counting() -> Counting:
    """A query that counts developers, and what it was asked."""
    asked: list[int] = []

    @kept
    def developers(session: Session) -> int:
        asked.append(len(asked))
        return session.scalar(select(func.count(Developer.id))) or 0

    return developers, asked


def add_developer(database: Database, name: str) -> None:
    with database.writer() as session:
        session.add(Developer(name=name))


def test_readers_share_an_answer_while_nothing_is_written(empty_store: Database, counting: Counting) -> None:
    query, asked = counting
    with empty_store.reader():  # the first makes the files beside the store
        pass
    for _ in range(3):
        with empty_store.reader() as session:
            assert query(session) == 0
    assert len(asked) == 1


def test_a_write_is_seen_by_whoever_asks_after_it(empty_store: Database, counting: Counting) -> None:
    query, _ = counting
    for expected in range(5):
        with empty_store.reader() as session:
            assert query(session) == expected
        add_developer(empty_store, f"Developer {expected}")


def test_readers_of_two_states_each_get_the_answer_of_theirs(
    empty_store: Database, counting: Counting
) -> None:
    query, _ = counting
    with empty_store.reader() as before:
        add_developer(empty_store, "Valve")
        with empty_store.reader() as after:
            answers = [query(session) for session in (before, after, before, after)]
    assert answers == [0, 1, 0, 1]


def test_a_reader_that_begins_again_is_not_given_the_answer_of_its_earlier_state(
    empty_store: Database, counting: Counting
) -> None:
    query, _ = counting
    with empty_store.reader() as session:
        assert query(session) == 0
        session.rollback()
        add_developer(empty_store, "Valve")
        assert query(session) == 1


def test_audiences_share_no_answer(empty_store: Database, counting: Counting) -> None:
    query, asked = counting
    with empty_store.reader():
        pass
    for audience in Audience:
        with empty_store.reader(audience=audience) as session:
            query(session)
    assert len(asked) == len(Audience)


def test_other_arguments_are_another_question(empty_store: Database) -> None:
    @kept
    def shown(_session: Session, /, *values: object, **named: object) -> tuple[object, object]:
        return values, named

    with empty_store.reader() as session:
        assert shown(session, 1, unit="h") == ((1,), {"unit": "h"})
        assert shown(session, 2, unit="h") == ((2,), {"unit": "h"})
        assert shown(session, 1, unit="min") == ((1,), {"unit": "min"})


def test_an_error_is_no_answer(empty_store: Database) -> None:
    outcomes = iter([ValueError("busy"), "found"])

    @kept
    def query(_session: Session) -> object:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    with empty_store.reader() as session:
        with pytest.raises(ValueError, match="busy"):
            query(session)
        assert query(session) == "found"


def test_a_writer_and_a_session_that_asks_again_share_nothing(
    empty_store: Database, counting: Counting
) -> None:
    query, asked = counting
    with empty_store.writer() as session:
        session.add(Developer(name="Valve"))
        session.flush()
        assert query(session) == query(session) == 1
    with empty_store.reader() as session:
        bypass_answer_cache(session)
        assert query(session) == query(session) == 1
    assert len(asked) == 4

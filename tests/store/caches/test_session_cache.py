"""What a reading session finds is kept for as long as it sees one state of the data."""

from functools import partial

from store import Database
from store.caches.session_cache import cached


def test_what_was_found_is_remembered_until_the_session_sees_newer_data(empty_store: Database) -> None:
    found = iter(range(10))
    with empty_store.reader() as session:
        seen = [cached(session, "what", partial(next, found)) for _ in range(3)]
        session.rollback()
        seen += [cached(session, "what", partial(next, found)) for _ in range(2)]
    assert seen == [0, 0, 0, 1, 1]


def test_a_writer_looks_again_each_time(empty_store: Database) -> None:
    found = iter(range(10))
    with empty_store.writer() as session:
        assert [cached(session, "what", partial(next, found)) for _ in range(2)] == [0, 1]

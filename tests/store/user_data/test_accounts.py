"""Steam accounts of people: whose they are, when Steam is asked again, and what of them goes."""

from datetime import UTC, datetime, timedelta

import pytest

from store import Database, user_data
from store.errors import AccountIsTaken
from store.user_data import LibraryAnswer, LibraryState, Sharing
from tests.store.user_data.conftest import ANA, BEN

STEAM_ID = 76_561_197_960_300_000
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
OPEN = LibraryAnswer(LibraryState.OPEN, {620: 900, 400: None}, "Gabe")


def link(store: Database, person: int, steam_id: int = STEAM_ID, *, proven: bool = False) -> tuple[int, ...]:
    with store.user_data.writer() as session:
        return user_data.link_account(session, person, steam_id, persona=None, proven=proven)


def answer(store: Database, what: LibraryAnswer, at: datetime = NOW, person: int = ANA) -> bool:
    with store.user_data.writer() as session:
        return user_data.store_answer(session, person, STEAM_ID, what, at)


def account(store: Database, person: int = ANA) -> user_data.SteamAccount | None:
    with store.user_data.reader() as session:
        return user_data.steam_account(session, person)


def library(store: Database, person: int = ANA) -> user_data.OwnLibrary | None:
    with store.user_data.reader() as session:
        return user_data.own_library(session, person)


def test_an_account_that_is_not_proven_keeps_nobody_else_from_it(empty_store: Database) -> None:
    assert link(empty_store, ANA) == ()
    assert link(empty_store, BEN) == ()
    assert account(empty_store, ANA) is not None
    assert account(empty_store, BEN) is not None


def test_a_proven_account_takes_the_place_of_all_that_are_not(empty_store: Database) -> None:
    link(empty_store, ANA)
    answer(empty_store, OPEN)
    assert link(empty_store, BEN, proven=True) == (ANA,)
    assert account(empty_store, ANA) is None
    assert library(empty_store, ANA) is None


@pytest.mark.parametrize("proven", [True, False])
def test_a_proven_account_is_nobody_elses(empty_store: Database, proven: bool) -> None:
    link(empty_store, ANA, proven=True)
    with pytest.raises(AccountIsTaken):
        link(empty_store, BEN, proven=proven)
    assert account(empty_store, BEN) is None


def test_an_account_that_was_proven_stays_so_when_it_is_typed_again(empty_store: Database) -> None:
    link(empty_store, ANA, proven=True)
    link(empty_store, ANA)
    found = account(empty_store)
    assert found is not None
    assert found.proven


def test_another_account_begins_without_the_library_of_the_one_before(empty_store: Database) -> None:
    link(empty_store, ANA, proven=True)
    answer(empty_store, OPEN)
    link(empty_store, ANA, STEAM_ID + 1)
    found = account(empty_store)
    assert found is not None
    assert (found.steam_id, found.proven, found.fetched_at) == (STEAM_ID + 1, False, None)
    assert library(empty_store) is None


def test_a_library_comes_back_as_it_was_stored_with_hidden_hours_unknown(empty_store: Database) -> None:
    link(empty_store, ANA)
    assert answer(empty_store, OPEN)
    found = library(empty_store)
    assert found == user_data.OwnLibrary("Gabe", {400: None, 620: 900}, NOW)


@pytest.mark.parametrize("state", [state for state in LibraryState if not state.has_games])
def test_an_answer_without_games_never_removes_a_library(empty_store: Database, state: LibraryState) -> None:
    link(empty_store, ANA)
    answer(empty_store, OPEN)
    answer(empty_store, LibraryAnswer(state, {}), NOW + timedelta(days=1))
    found = account(empty_store)
    assert found is not None
    assert (found.state, found.fetched_at, found.persona) == (state, NOW, "Gabe")
    assert library(empty_store) is not None


def test_an_answer_that_comes_after_the_account_was_unlinked_is_not_stored(empty_store: Database) -> None:
    link(empty_store, ANA)
    with empty_store.user_data.writer() as session:
        assert user_data.unlink_account(session, ANA)
    assert not answer(empty_store, OPEN)
    assert library(empty_store) is None


def test_a_library_that_stays_closed_for_a_week_goes_and_the_account_stays(empty_store: Database) -> None:
    link(empty_store, ANA)
    answer(empty_store, OPEN)
    for day in range(7):
        answer(empty_store, LibraryAnswer(LibraryState.PROFILE_CLOSED, {}), NOW + timedelta(days=day))
    for days, gone in ((6.9, 0), (7, 1), (8, 0)):
        with empty_store.user_data.writer() as session:
            assert user_data.erase_closed_libraries(session, NOW + timedelta(days=days)) == gone
    assert library(empty_store) is None
    found = account(empty_store)
    assert found is not None
    assert found.fetched_at is None


def test_a_library_that_was_opened_again_stays(empty_store: Database) -> None:
    link(empty_store, ANA)
    answer(empty_store, LibraryAnswer(LibraryState.GAMES_CLOSED, {}))
    answer(empty_store, OPEN, NOW + timedelta(days=1))
    with empty_store.user_data.writer() as session:
        assert user_data.erase_closed_libraries(session, NOW + timedelta(days=30)) == 0


@pytest.mark.parametrize(
    ("state", "waits"),
    [
        (LibraryState.OPEN, True),
        (LibraryState.HOURS_HIDDEN, True),
        (LibraryState.EMPTY, True),
        (LibraryState.GAMES_CLOSED, False),
        (LibraryState.PROFILE_CLOSED, False),
        (LibraryState.FAILED, False),
    ],
)
def test_only_a_library_that_came_is_left_alone_for_15_minutes(
    empty_store: Database, state: LibraryState, waits: bool
) -> None:
    link(empty_store, ANA)
    games = {620: 1} if state.has_games else {}
    answer(empty_store, LibraryAnswer(state, games))
    found = account(empty_store)
    assert found is not None
    assert found.waits_until(NOW) == (NOW + timedelta(minutes=15) if waits else None)
    assert found.waits_until(NOW + timedelta(minutes=15)) is None


def test_libraries_of_those_who_asked_within_30_days_are_due_once_a_day(empty_store: Database) -> None:
    link(empty_store, ANA)
    now = datetime.now(UTC)
    answer(empty_store, OPEN, now)
    link(empty_store, BEN)
    answer(empty_store, OPEN, now, BEN)
    with empty_store.user_data.writer() as session:
        user_data.note_activity(session, ANA)
    with empty_store.user_data.reader() as session:
        assert user_data.accounts_due(session, now + timedelta(hours=23)) == {}
        assert user_data.accounts_due(session, now + timedelta(hours=24)) == {ANA: STEAM_ID}
        assert user_data.accounts_due(session, now + timedelta(days=32)) == {}


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=400)])
def test_a_clock_that_was_ahead_keeps_nobody_from_asking_and_nothing_from_being_asked(
    empty_store: Database, ahead: timedelta
) -> None:
    now = datetime.now(UTC)
    link(empty_store, ANA)
    answer(empty_store, OPEN, now + ahead)
    with empty_store.user_data.writer() as session:
        user_data.note_activity(session, ANA)
    found = account(empty_store)
    assert found is not None
    assert found.waits_until(now) is None
    with empty_store.user_data.reader() as session:
        assert user_data.accounts_due(session, now) == {ANA: STEAM_ID}


def test_a_library_that_was_closed_by_a_clock_that_was_ahead_goes_a_week_after_the_next_answer(
    empty_store: Database,
) -> None:
    link(empty_store, ANA)
    answer(empty_store, OPEN, NOW)
    answer(empty_store, LibraryAnswer(LibraryState.GAMES_CLOSED, {}), NOW + timedelta(days=400))
    answer(empty_store, LibraryAnswer(LibraryState.GAMES_CLOSED, {}), NOW)
    with empty_store.user_data.writer() as session:
        assert user_data.erase_closed_libraries(session, NOW + timedelta(days=7)) == 1


def test_nothing_is_shared_unless_it_is_said_or_a_link_was_public_before(empty_store: Database) -> None:
    with empty_store.user_data.writer() as session:
        assert user_data.sharing_of(session, ANA) is Sharing.PRIVATE
        user_data.link(session, ANA, "gabe", public=True)
        assert user_data.sharing_of(session, ANA) is Sharing.PUBLIC
        user_data.set_sharing(session, ANA, Sharing.GROUPS)
        assert user_data.sharing_of(session, ANA) is Sharing.GROUPS
        assert user_data.player_links(session).private == {"gabe"}


def test_games_are_lent_as_both_want_it_until_one_ends_it(empty_store: Database) -> None:
    link(empty_store, BEN)
    answer(empty_store, OPEN, person=BEN)
    with empty_store.user_data.writer() as session:
        user_data.lend(session, BEN, ANA, NOW)
    with empty_store.user_data.reader() as session:
        assert user_data.lenders(session, ANA) == (BEN,)
        assert user_data.borrowers(session, BEN) == (ANA,)
        assert user_data.lent_games(session, ANA) == {400, 620}
        assert user_data.lent_games(session, BEN) == frozenset()
    with empty_store.user_data.writer() as session:
        assert user_data.end_lending(session, BEN, ANA)
        assert not user_data.end_lending(session, BEN, ANA)
        assert user_data.lent_games(session, ANA) == frozenset()


def test_who_is_forgotten_has_no_account_library_setting_or_family_any_more(empty_store: Database) -> None:
    link(empty_store, ANA, proven=True)
    answer(empty_store, OPEN)
    with empty_store.user_data.writer() as session:
        user_data.set_sharing(session, ANA, Sharing.PUBLIC)
        user_data.lend(session, ANA, BEN, NOW)
        user_data.lend(session, BEN, ANA, NOW)
    forgotten = empty_store.user_data.forget(ANA)
    assert (forgotten.accounts, forgotten.libraries, forgotten.family) == (1, 1, 2)
    assert account(empty_store) is None
    assert library(empty_store) is None
    with empty_store.user_data.reader() as session:
        assert user_data.sharing_of(session, ANA) is Sharing.PRIVATE
        assert user_data.lenders(session, BEN) == ()

"""Who may link a player that others have linked, and who is shown it then: every pair of links in turn."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product

import pytest

from store import Database, user_data
from store.errors import PlayerIsTaken
from store.user_data import Sharing
from store.user_data.models import Link
from store.visibility import Visibility
from tests.copies import NewStore
from tests.store.user_data.conftest import ANA, BEN

CARLA = 333
GABE = "gabe"
MOMENT = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def shared_store(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store for all tests of this module, each of which begins without links."""
    database = new_store(tmp_path_factory.mktemp("links") / "nextplay.sqlite3")
    yield database
    database.close()


@pytest.fixture
def store(shared_store: Database) -> Database:
    with shared_store.user_data.writer() as session:
        for person in (ANA, BEN, CARLA):
            user_data.forget(session, person)
    return shared_store


def link(store: Database, person: int, sharing: Sharing, *, proven: bool) -> bool:
    """Link a person to Gabe as the commands do; tell whether that was accepted."""
    try:
        with store.user_data.writer() as session:
            user_data.link(session, person, GABE, public=sharing is Sharing.PUBLIC, proven=proven)
            user_data.set_sharing(session, person, sharing)
    except PlayerIsTaken:
        return False
    return True


def links(store: Database) -> Mapping[int, user_data.LinkedPlayer]:
    with store.user_data.reader() as session:
        found = {person: user_data.linked_player(session, person) for person in (ANA, BEN, CARLA)}
    return {person: linked for person, linked in found.items() if linked is not None}


def shown_to(store: Database) -> set[int | None]:
    """Return to whom Gabe is shown; None stands for everybody at once."""
    viewers = (ANA, BEN, CARLA, None)
    return {one for one in viewers if not Visibility.load(store.user_data, one).hides(GABE)}


PAIRS = list(product(Sharing, (False, True), Sharing, (False, True)))


@pytest.mark.parametrize(("first", "first_proven", "second", "second_proven"), PAIRS)
def test_one_link_after_another(
    store: Database, first: Sharing, first_proven: bool, second: Sharing, second_proven: bool
) -> None:
    link(store, ANA, first, proven=first_proven)
    accepted = link(store, BEN, second, proven=second_proven)

    # A claim keeps nobody from claiming the same; a proof does, until somebody else brings one.
    assert accepted == (second_proven or not first_proven)
    stays = {ANA: first} if not second_proven else {}
    stays |= {BEN: second} if accepted else {}
    assert {person: linked.public for person, linked in links(store).items()} == {
        person: sharing is Sharing.PUBLIC for person, sharing in stays.items()
    }

    # Whoever is linked sees the player; everybody else only where all who are linked want that.
    is_private = any(sharing is not Sharing.PUBLIC for sharing in stays.values())
    assert shown_to(store) == (set(stays) if is_private else {ANA, BEN, CARLA, None})
    for person in stays:
        assert (GABE in Visibility.load(store.user_data, person).own_private) == is_private


@pytest.mark.parametrize("order", [(ANA, BEN, CARLA), (CARLA, BEN, ANA)])
def test_any_number_of_people_may_say_to_be_one_player_and_a_proof_ends_all_of_that(
    store: Database, order: tuple[int, ...]
) -> None:
    assert all(link(store, person, Sharing.PRIVATE, proven=False) for person in order)
    assert {person for person, linked in links(store).items() if not linked.proven} == set(order)
    assert link(store, order[1], Sharing.PRIVATE, proven=True)
    assert list(links(store)) == [order[1]]
    assert shown_to(store) == {order[1]}


@pytest.mark.parametrize(("again", "proven"), [(GABE, True), ("another", False)])
def test_a_proof_stays_with_the_player_that_it_is_of(store: Database, again: str, proven: bool) -> None:
    link(store, ANA, Sharing.PRIVATE, proven=True)
    with store.user_data.writer() as session:
        user_data.link(session, ANA, again)
    assert links(store)[ANA].proven is proven


def test_beside_a_proof_no_claim_counts_even_if_the_file_holds_one(store: Database) -> None:
    with store.user_data.writer() as session:
        for person, proven in ((ANA, True), (BEN, False)):
            session.add(
                Link(discord_id=person, user_id=GABE, public=not proven, proven=proven, linked_at=MOMENT)
            )
    assert shown_to(store) == {ANA}


def test_what_unproven_links_leave_when_they_end_is_what_was_before(store: Database) -> None:
    for person in (ANA, BEN):
        link(store, person, Sharing.PRIVATE, proven=False)
    with store.user_data.writer() as session:
        assert user_data.unlink_unproven(session, GABE) == 2
    assert links(store) == {}
    assert shown_to(store) == {ANA, BEN, CARLA, None}


def test_a_proven_link_is_not_ended_by_others(store: Database) -> None:
    link(store, ANA, Sharing.PRIVATE, proven=True)
    with pytest.raises(PlayerIsTaken), store.user_data.writer() as session:
        user_data.unlink_unproven(session, GABE)
    assert shown_to(store) == {ANA}

"""What a person told of games counts: what is liked for what goes with it, what is not against that."""

import pytest

from store import queries
from store.errors import NothingToGoOn
from store.models import GameSpec, GameTag, Spec, Tag
from store.people.person import Person
from store.people.taste import Taste
from store.queries.groups import recommend_people
from tests.store.builder import SmallStore

SHOOTER, PUZZLE, ARENA, LABYRINTH, BOTH = 1, 2, 11, 12, 13


@pytest.fixture
def shelf(small_store: SmallStore) -> SmallStore:
    """A shooter and a puzzle, with a game each that goes with it, and one that goes with both."""
    with small_store.fill() as build:
        for app_id, title in ((SHOOTER, "Shooter"), (PUZZLE, "Puzzle"), (ARENA, "Arena"), (BOTH, "Both")):
            build.game(app_id, title, cents=999)
        build.game(LABYRINTH, "Labyrinth", cents=0)
        build.weights(SHOOTER, {ARENA: 1.0, BOTH: 0.5})
        build.weights(PUZZLE, {LABYRINTH: 1.0, BOTH: 0.6})
        build.owns("ada", {SHOOTER: 600})
    return small_store


def suggested(store: SmallStore, taste: Taste, library: dict[int, float | None] | None = None) -> list[int]:
    found = store.ask(queries.recommend_library, library or {}, taste=taste)
    return [entry.game.id for entry in found]


def test_what_is_liked_is_enough_alone_and_is_not_suggested(shelf: SmallStore) -> None:
    assert suggested(shelf, Taste(liked=(PUZZLE,))) == [LABYRINTH, BOTH]


def test_what_is_not_liked_counts_against_what_goes_with_it_and_is_no_reason(shelf: SmallStore) -> None:
    liked = Taste(liked=(SHOOTER,))
    assert suggested(shelf, liked) == [ARENA, BOTH]
    both = Taste(liked=(SHOOTER,), disliked=(PUZZLE,))
    found = shelf.ask(queries.recommend_library, {}, taste=both)
    before = shelf.ask(queries.recommend_library, {}, taste=liked)
    score = {entry.game.id: entry.score for entry in found}
    assert score[BOTH] < {entry.game.id: entry.score for entry in before}[BOTH]
    assert all(reason.game.id == SHOOTER for entry in found for reason in entry.because.games)


def test_what_is_not_liked_is_not_suggested(shelf: SmallStore) -> None:
    assert suggested(shelf, Taste(liked=(SHOOTER,), disliked=(ARENA,))) == [BOTH]


def test_it_counts_beside_a_library_and_a_player(shelf: SmallStore) -> None:
    taste = Taste(liked=(PUZZLE,))
    assert set(suggested(shelf, taste, {SHOOTER: 600})) == {ARENA, BOTH, LABYRINTH}
    found = shelf.ask(queries.recommend_user, "ada", taste=taste)
    assert {entry.game.id for entry in found} == {ARENA, BOTH, LABYRINTH}


def test_with_nothing_but_what_is_not_liked_there_is_nothing_to_go_on(shelf: SmallStore) -> None:
    with pytest.raises(NothingToGoOn):
        suggested(shelf, Taste(disliked=(SHOOTER,)))


@pytest.fixture
def party(shelf: SmallStore) -> SmallStore:
    """The same, where one game is for a few at one screen, one for many, and one for nobody else."""
    with shelf.database.writer() as session:
        for number, name in enumerate(("Single-player", "Local Co-op", "Online Multi-Player"), start=1):
            session.add(Spec(id=number, name=name))
        session.add(Tag(id=1, name="Co-op"))
        session.flush()
        for app_id, spec in ((ARENA, 3), (BOTH, 2), (SHOOTER, 3), (PUZZLE, 1)):
            session.add(GameSpec(game_id=app_id, spec_id=spec, position=0))
        session.add(GameTag(game_id=LABYRINTH, tag_id=1, position=0))
    return shelf


def people(count: int) -> list[Person]:
    return [Person(f"somebody {number}", taste=Taste(liked=(SHOOTER, PUZZLE))) for number in range(count)]


def test_a_group_is_shown_what_so_many_can_play_and_what_is_free_is_to_play_now(party: SmallStore) -> None:
    found = party.ask(recommend_people, people(2))
    assert {entry.game.id for entry in found.play_now} == {SHOOTER, LABYRINTH}
    assert {entry.game.id for entry in found.to_buy} == {ARENA, BOTH}
    found = party.ask(recommend_people, people(5))
    assert {entry.game.id for entry in found.play_now} == {SHOOTER}
    assert {entry.game.id for entry in found.to_buy} == {ARENA}


def test_what_a_family_lends_can_be_played_now(party: SmallStore) -> None:
    group = [
        Person("ann", library={ARENA: 60, SHOOTER: 60}),
        Person("ben", library={SHOOTER: 60}, borrows=frozenset({ARENA})),
    ]
    found = party.ask(recommend_people, group)
    assert {entry.game.id for entry in found.play_now} == {ARENA}
    without = [group[0], Person("ben", library={SHOOTER: 60})]
    found = party.ask(recommend_people, without)
    assert found.play_now == ()


def test_nobody_of_a_group_is_suggested_what_one_does_not_like(party: SmallStore) -> None:
    group = [*people(1), Person("ben", taste=Taste(liked=(SHOOTER,), disliked=(BOTH,)))]
    found = party.ask(recommend_people, group)
    assert BOTH not in {entry.game.id for entry in (*found.play_now, *found.to_buy)}

"""What was shown is remembered for each person and question, within bounds."""

from hypothesis import given
from hypothesis import strategies as st

from commands.core.services.recently_shown import RecentlyShown

ANA, BEN = 1, 2


def test_each_person_and_question_is_remembered_by_itself() -> None:
    shown = RecentlyShown()
    shown.add(ANA, "a", [1, 2])
    shown.add(ANA, "a", [3])
    shown.add(ANA, "b", [4])
    assert shown.games(ANA, "a") == {1, 2, 3}
    assert shown.games(ANA, "b") == {4}
    assert shown.games(BEN, "a") == frozenset()


def test_one_question_begins_again_and_one_person_is_forgotten() -> None:
    shown = RecentlyShown()
    for person in (ANA, BEN):
        for question in ("a", "b"):
            shown.add(person, question, [1])
    shown.start_again(ANA, "a")
    assert shown.games(ANA, "a") == frozenset()
    assert shown.games(ANA, "b") == {1}
    shown.forget(BEN)
    assert shown.games(BEN, "a") == shown.games(BEN, "b") == frozenset()
    assert len(shown) == 1


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4), st.lists(st.integers(1, 9), max_size=6))))
def test_no_more_is_kept_than_allowed_and_what_is_newest_stays(
    added: list[tuple[int, int, list[int]]],
) -> None:
    shown = RecentlyShown(requests=3, games=5)
    for person, question, games in added:
        shown.add(person, question, games)
        assert len(shown) <= 3
        assert len(shown.games(person, question)) <= 5
        assert shown.games(person, question) >= set(list(dict.fromkeys(games))[-5:])

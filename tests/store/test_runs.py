"""The words and small tools that everybody who runs or shows a refresh shares."""

import pytest

from store.runs import RowChanges, Stage, Stopwatch, TimedStage


def test_changes_say_what_came_changed_and_went() -> None:
    assert not RowChanges()
    assert str(RowChanges()) == "unchanged"
    assert RowChanges(changed=1)
    assert str(RowChanges(added=1_234, gone=2)) == "1,234 new, 2 gone"


def test_a_stage_timed_twice_is_added_up_even_where_it_fails() -> None:
    watch = Stopwatch()
    watch.add({TimedStage.SCORING: 40.0})
    with pytest.raises(KeyError), watch.stage(TimedStage.SCORING):
        raise KeyError
    watch.add({"scoring": 2.0})
    assert list(watch.seconds) == ["scoring"]
    assert 42.0 <= watch.seconds["scoring"] < 43.0


def test_no_two_stages_have_one_name() -> None:
    assert len({stage.value for stage in Stage}) == len(Stage)


def test_a_stage_within_another_counts_there_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.runs.perf_counter", iter([0.0, 1.0, 4.0, 10.0]).__next__)
    watch = Stopwatch()
    with watch.stage(TimedStage.LOADING), watch.stage(TimedStage.SCORING):
        pass
    assert watch.seconds == {TimedStage.LOADING: 7.0, TimedStage.SCORING: 3.0}

"""The walk of docs/scale.md: a new store is published while people ask two bots, and nobody notices."""

from itertools import groupby
from pathlib import Path

import pytest

from tools.scale_walk import COMMANDS, STEADY, walk


@pytest.mark.faults
async def test_every_command_is_answered_from_one_whole_store_or_the_other(tmp_path: Path) -> None:
    steps: list[str] = []
    asked = await walk(tmp_path / "walk", steps.append)
    assert asked.failed == []
    assert set(asked.replies) == {(bot, command) for bot in ("first", "second") for command in COMMANDS}
    assert len([step for step in steps if "The data are renewed" in step]) == 2
    # A question has one reply from either store, and none from the old one once the new one has answered.
    for bot in ("first", "second"):
        changes = {command: len(list(groupby(asked.replies[bot, command]))) for command in STEADY}
        assert set(changes.values()) <= {1, 2}, changes
        assert max(changes.values()) == 2

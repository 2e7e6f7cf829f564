"""Killed at any moment, a refresh leaves all of the old data or all of the new, and the next one succeeds."""

import random
import shutil
import signal
import time
from collections import Counter
from multiprocessing.synchronize import Event
from pathlib import Path

from store import Database
from store.models import RunOutcome
from tests.bot.faults.refreshes import Scene, contents, processes, refresh, runs

# As many again are tried under a bot that serves.
MOMENTS = 10


def refresh_when_told(file: Path, source: Path, ready: Event, go: Event) -> None:
    ready.set()
    go.wait()
    refresh(file, source)


def killed_after(seconds: float | None, file: Path, source: Path) -> tuple[int | None, float]:
    """Kill a refresh after this many seconds (None is never); return its exit code and how long it lived."""
    context = processes()
    ready, go = context.Event(), context.Event()
    process = context.Process(target=refresh_when_told, args=(file, source, ready, go))
    process.start()
    ready.wait()
    go.set()
    begun = time.perf_counter()
    process.join(seconds)
    process.kill()
    process.join()
    lived = time.perf_counter() - begun
    code = process.exitcode
    process.close()
    return code, lived


def test_a_refresh_killed_at_any_moment_leaves_old_or_new_data_whole(scene: Scene, tmp_path: Path) -> None:
    chance = random.Random(20180104)
    database = scene.copy_to(tmp_path / "whole")
    code, length = killed_after(None, database.file, scene.new)
    assert (code, contents(database)) == (0, scene.after)
    database.close()
    ended: Counter[str] = Counter()
    for number in range(MOMENTS):
        moment = (number + chance.random()) / MOMENTS * length
        database = scene.copy_to(tmp_path / str(number))
        code, lived = killed_after(moment, database.file, scene.new)
        was_killed = code == -signal.SIGKILL
        if not was_killed:
            length = min(length, lived)  # the machine has become faster
        found = contents(database)
        assert found == scene.before or found == scene.after, f"neither old nor new data after {moment:.3f} s"
        had_begun, is_new = len(runs(database)) > 1, found == scene.after
        ended["untouched" if not had_begun else "new" if is_new else "old"] += 1
        again = refresh(database.file, scene.new)
        assert again.outcome is (RunOutcome.UNCHANGED if is_new else RunOutcome.APPLIED)
        assert contents(database) == scene.after
        if had_begun and not is_new:
            outcome, why = runs(database)[1]
            assert outcome is RunOutcome.INTERRUPTED
            assert why is not None
            assert why.startswith("The process ended before the run did")
        left = list(database.file.with_name("backups").glob("*.sqlite3"))
        assert all(contents(Database(copy)) == scene.before for copy in left)
        database.close()
        shutil.rmtree(tmp_path / str(number))
    assert ended["old"] >= 3, f"hardly one was killed at work: {ended}"

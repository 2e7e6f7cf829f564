"""A refresh ends with the bot that started it, even where that is killed, whatever the refresh is at."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store import Database
from store.models import RunOutcome
from tests.bot.faults.refreshes import Scene, contents, refresh, request_for, runs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc to see which processes live")

# Starts a refresh as a bot does and says the number of the child, then each stage that the child is at.
BOT = """
import asyncio, json, sys
from bot.refresh.process import ChildRefresher
from bot.refresh.request import RefreshRequest

async def main():
    command = json.loads(sys.argv[2])
    request = RefreshRequest.from_json(sys.argv[1])
    refresher = ChildRefresher(request, command) if command else ChildRefresher(request)
    job = await refresher.start("schedule")
    print("child", job._process.pid, flush=True)
    while not job.done:
        if job.progress is not None:
            print("stage", job.progress.stage, flush=True)
        await asyncio.sleep(0.005)

asyncio.run(main())
"""
CHILD = """
import json, os, sys, time
from bot.refresh.owner import end_with
end_with(json.load(sys.stdin)["owner"])
print(json.dumps({"stage": "ready", "rows": 0}), flush=True)
"""
PHASES = {
    "waiting": "time.sleep(600)",
    "computing in C with the interpreter to itself": "import re; re.match('(a+)+$', 'a' * 60 + 'b')",
    "waiting for a lock": (
        "import fcntl; file = open(os.environ['LOCKED'], 'w')\nfcntl.flock(file, fcntl.LOCK_EX)"
    ),
    "heedless of requests to stop": (
        "import signal\nfor number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):\n"
        "    signal.signal(number, signal.SIG_IGN)\nos.close(1)\ntime.sleep(600)"
    ),
}

# Has helpers as scoring has them, and says the numbers of all.
HELPED = """
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from bot.refresh.owner import end_with
from ingest.runtime.exit_with_parent import exit_with_parent

if __name__ == "__main__":
    end_with(os.getppid())
    pool = ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=exit_with_parent)
    print(os.getpid(), *{pool.submit(os.getpid).result() for _ in range(20)}, flush=True)
    pool.submit(time.sleep, 600)
    time.sleep(600)
"""


class Bot:
    """A process that refreshes in a child; `child` is that one's number."""

    def __init__(self, request: str, command: str = "null", **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", BOT, request, command],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | environment,
        )
        word, number = self._line().split()
        assert word == "child"
        self.child = int(number)

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def wait_for(self, stage: str) -> None:
        """Wait until the child is at `stage`, or has ended."""
        while (line := self._line()) and line != f"stage {stage}\n":
            pass

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"  # ended, and nobody has asked how


def ended(*processes: int) -> bool:
    """Wait for the processes to end; whether they do is the test, how long it takes is the machine's."""
    for _ in range(600):
        if not any(map(lives, processes)):
            return True
        time.sleep(0.05)
    return False


def request_of(database: Database, source: Path) -> str:
    return request_for(database.file, source).to_json()


@pytest.mark.parametrize("what", PHASES.values(), ids=PHASES.keys())
def test_a_child_ends_with_its_owner_whatever_it_is_at(
    scene: Scene, database: Database, what: str, tmp_path: Path
) -> None:
    locked = tmp_path / "locked"
    with locked.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        command = json.dumps([sys.executable, "-c", CHILD + what])
        bot = Bot(request_of(database, scene.new), command, LOCKED=str(locked))
        bot.wait_for("ready")
        bot.kill()
        assert ended(bot.child)


def test_a_child_whose_owner_is_gone_before_it_begins_ends_at_once() -> None:
    script = "from bot.refresh.owner import end_with\nend_with(1 << 22)\nprint('went on')"
    ending = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ending.returncode, ending.stdout) == (1, "")


def test_the_helpers_of_a_child_end_with_it(tmp_path: Path) -> None:
    script = tmp_path / "child.py"
    script.write_text(HELPED)
    owner = subprocess.Popen(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, {str(script)!r}])"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert owner.stdout is not None
    numbers = [int(number) for number in owner.stdout.readline().split()]
    assert len(numbers) >= 2
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert ended(*numbers)
    owner.stdout.close()


STAGES = ("starting", "Reading reviews", "Reading items", "Writing libraries", "Learning neighbours")


@pytest.mark.parametrize("stage", STAGES)
def test_a_refresh_whose_bot_was_killed_leaves_old_or_new_data_and_no_lock(
    scene: Scene, database: Database, stage: str
) -> None:
    bot = Bot(request_of(database, scene.new))
    bot.wait_for(stage)
    bot.kill()
    assert ended(bot.child)
    found = contents(database)
    assert found in (scene.before, scene.after)
    again = refresh(database.file, scene.new)
    assert again.outcome is (RunOutcome.UNCHANGED if found == scene.after else RunOutcome.APPLIED)
    assert contents(database) == scene.after
    assert all(outcome is not RunOutcome.RUNNING for outcome, _why in runs(database))

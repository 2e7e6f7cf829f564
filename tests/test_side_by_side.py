"""Tests run side by side: exclusive tests run alone, what is made once is made once, no skip is lost."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
CONFTEST = """\
from tests.side_by_side import take_turns

def pytest_configure(config):
    take_turns(config)
"""
TURNS = """\
import time
import pytest

def stay(number, record):
    record.open("a").write(f"{time.monotonic()} begins {number}\\n")
    time.sleep(0.05)
    record.open("a").write(f"{time.monotonic()} ends {number}\\n")

@pytest.mark.parametrize("number", range(20))
def test_beside_others(number, record):
    stay(number, record)

@pytest.mark.alone
@pytest.mark.parametrize("number", range(20, 24))
def test_alone(number, record):
    stay(number, record)
"""


def run(folder: Path, test: str, conftest: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a test module in two processes."""
    (folder / "conftest.py").write_text(CONFTEST + conftest)
    (folder / "test_it.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = alone\n")
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "xdist.plugin", "-p", "pytest_timeout"),
            *("-q", "-n", "2", "--dist", "worksteal", "--durations=3", folder),
        ],
        cwd=folder,
        # Nothing of the run that this test is part of, which may be side by side itself.
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_test_that_is_to_be_alone_runs_while_no_other_does(tmp_path: Path) -> None:
    record = tmp_path / "record"
    fixture = f"""
import pathlib, pytest

@pytest.fixture
def record():
    return pathlib.Path({str(record)!r})
"""
    done = run(tmp_path, TURNS, fixture)

    assert "24 passed" in done.stdout, done.stdout + done.stderr
    assert "slowest 3 durations" in done.stdout
    moments = sorted(line.split() for line in record.read_text().splitlines())
    steps = [moment[1:] for moment in moments]
    assert len(steps) == 48
    alone = [(first, then) for first, then in pairwise(steps) if first[0] == "begins" and int(first[1]) >= 20]
    assert len(alone) == 4
    assert all(then == ["ends", first[1]] for first, then in alone)
    assert any(first[0] == then[0] == "begins" for first, then in pairwise(steps)), "nothing ran side by side"


def test_what_is_made_once_is_made_by_one_process(tmp_path: Path) -> None:
    record = tmp_path / "record"
    fixture = f"""
import os, pathlib, pytest, time
from tests.side_by_side import made_once

def make(folder):
    pathlib.Path({str(record)!r}).open("a").write("made\\n")
    time.sleep(0.3)
    (folder / "file").write_text("whole")

@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return made_once(tmp_path_factory, "made", make)
"""
    test = """
import pytest, time

@pytest.mark.parametrize("number", range(10))
def test_it(made, number):
    time.sleep(0.05)
    assert (made / "file").read_text() == "whole"
"""
    done = run(tmp_path, test, fixture)

    assert "10 passed" in done.stdout, done.stdout + done.stderr
    assert record.read_text() == "made\n"


def test_a_skipped_test_fails_the_run_where_none_may_be(tmp_path: Path) -> None:
    hook = "from tests.conftest import pytest_sessionfinish\n"
    test = (
        "import pytest\n\ndef test_it():\n    pytest.skip('needs the moon')\n\ndef test_other():\n    pass\n"
    )

    done = run(tmp_path, test, hook, NEXTPLAY_TESTS_NO_SKIPS="1")

    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 passed, 1 skipped" in done.stdout
    assert "Tests were skipped where none may be." in done.stdout


def test_a_process_that_hangs_fails_its_test_alone(tmp_path: Path) -> None:
    test = """
import pytest, time

@pytest.mark.timeout(1)
def test_hangs():
    time.sleep(60)

@pytest.mark.parametrize("number", range(4))
def test_goes_on(number):
    pass
"""
    done = run(tmp_path, test)

    assert "1 failed, 4 passed" in done.stdout, done.stdout + done.stderr
    assert "Timeout" in done.stdout

"""What Spark lacks is said in one sentence, with exit code 1, and the old data stay."""

import hashlib
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.test_cli import nextplay

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("needs_spark")]


def _free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return int(some.getsockname()[1])


_JAVA_DIES = """
import os, signal
from pyspark import SparkContext
from recommender.linalg.threads import blocks_of
from spark import spark_engine
with spark_engine("local[1]") as engine:
    os.kill(SparkContext._gateway.proc.pid, signal.SIGKILL)
    list(engine.map_blocks(str, blocks_of(10)))
"""


@pytest.fixture
def home(empty_files: Path, tmp_path: Path) -> Path:
    """A folder with a store in it."""
    shutil.copytree(empty_files, tmp_path / "data")
    return tmp_path


@pytest.mark.parametrize(
    ("master", "variables", "needle"),
    [
        ("local[2]", {"PATH": "/nonexistent", "JAVA_HOME": ""}, "install Java 17"),
        ("local[2]", {"JAVA_HOME": "/nonexistent"}, "install Java 17"),
        ("mesos://127.0.0.1:1", {}, "spark://HOST:PORT"),
        ("local[two]", {}, "no Spark master"),
        ("spark://127.0.0.1:99999", {}, "No Spark master answers"),
        ("spark://127.0.0.1:PORT", {}, "No Spark master answers"),
        ("local[1]", {"PYSPARK_PYTHON": "BARE"}, "install nextplay[spark]"),
        ("local[1]", {"PYSPARK_PYTHON": "/nonexistent"}, "Spark could not start its workers"),
    ],
)
def test_one_sentence_and_exit_code_1(
    master: str, variables: dict[str, str], needle: str, home: Path, sample_data: Path
) -> None:
    store = home / "data" / "nextplay.sqlite3"
    before = hashlib.sha256(store.read_bytes()).digest()
    # The interpreter that this environment was made of has nothing of it.
    bare = str(Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}"))
    done = nextplay(
        *("refresh", sample_data, "--engine", "spark", "--master", master.replace("PORT", str(_free_port()))),
        cwd=home,
        **{name: value.replace("BARE", bare) for name, value in variables.items()},
    )
    assert done.returncode == 1, done.stderr
    assert needle in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert hashlib.sha256(store.read_bytes()).digest() == before


def test_java_that_dies_under_way_is_one_sentence() -> None:
    done = subprocess.run([sys.executable, "-c", _JAVA_DIES], capture_output=True, text=True, check=False)
    assert "SparkError: Spark could not" in done.stderr.splitlines()[-1]

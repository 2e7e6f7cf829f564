"""A cluster of Spark on loopback, whose master and worker are processes of their own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from store import Database
from tests.bot.cli.test_cli import nextplay
from tests.spark.stores import filled, require_same

pytestmark = pytest.mark.slow

_STARTED = re.compile(r"Starting Spark master at (spark://127\.0\.0\.1:\d+)")
_START = """
import sys
from spark.session import session
with session(sys.argv[1], seconds_to_get_a_worker=1.0):
    pass
"""
_ANYWHERE_FREE = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")


@contextmanager
def _daemon(kind: str, *arguments: str, folder: Path) -> Iterator[Path]:
    """Run a master or a worker for the block; yield its log."""
    spec = find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    home, log = Path(spec.origin).parent, folder / f"{kind.rpartition('.')[2]}.log"
    own = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{kind}", *_ANYWHERE_FREE, *arguments],
            env=os.environ | own,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield log
        finally:
            process.terminate()
            process.wait()


@pytest.fixture(scope="module")
def master(needs_spark: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a master that has one worker."""
    folder = tmp_path_factory.mktemp("cluster")
    with _daemon("master.Master", folder=folder) as log:
        address = None
        while address is None:
            time.sleep(0.05)
            address = _STARTED.search(log.read_text())
        size = ("--cores", "2", "--memory", "1g", "--work-dir", str(folder / "work"))
        with _daemon("worker.Worker", *size, address[1], folder=folder):
            yield address[1]


def test_a_refresh_by_a_cluster_gives_the_same_store_with_neighbourhoods_too(
    master: str, sample_data: Path, tmp_path: Path
) -> None:
    by_cluster = ("--engine", "spark", "--master", master, "--solver", "neighbourhood")
    done = nextplay("refresh", sample_data, *by_cluster, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    there = Database(tmp_path / "data" / "nextplay.sqlite3")
    require_same(filled(tmp_path / "local.sqlite3", [sample_data], None, "neighbourhood"), there)
    there.close()


def test_a_cluster_without_a_worker_that_is_large_enough_is_one_sentence(master: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _START, master],
        env=os.environ | {"SPARK_EXECUTOR_MEMORY": "2g"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "SparkError: No worker of spark://127.0.0.1" in done.stderr

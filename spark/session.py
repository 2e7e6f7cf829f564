"""Starting Spark, or saying in a sentence why it cannot be."""

import os
import re
import shutil
import socket
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from spark.errors import SparkError, explained

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOCAL = re.compile(r"local(\[(\d+|\*)\])?")
_CLUSTER = re.compile(r"spark://([^:/\s]+):(\d{1,5})")
_SECONDS_TO_CONNECT = 5
# A worker takes some seconds to start Java, and others may have its processors.
_SECONDS_TO_GET_A_WORKER = 60.0
_SECONDS_BETWEEN_LOOKS = 0.1
_LOOPBACK = "127.0.0.1"
# Rows of a libraries file hold some thousands of characters each.
_ROWS_OF_A_BATCH = 256


@contextmanager
def session(
    master: str, *, seconds_to_get_a_worker: float = _SECONDS_TO_GET_A_WORKER
) -> Iterator["SparkSession"]:
    """Start Spark for the block.

    Args:
        master: `local[N]` for N threads of this machine, or `spark://HOST:PORT` for a cluster.
        seconds_to_get_a_worker: How long a cluster may take to find a worker for this.

    Raises:
        SparkError: The extra, Java, the cluster or its workers are missing, or `master` names none.
    """
    host = _require(master)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("nextplay")
    for name, value in _options(host).items():
        builder = builder.config(name, value)
    # Workers would take whichever Python is called python3 there.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with warnings.catch_warnings():
        # Only Arrow is used of what it warns of.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        with explained("start; it needs Java 17 or newer"):
            started = builder.getOrCreate()
        try:
            if _CLUSTER.fullmatch(master):
                _require_worker(started, master, seconds_to_get_a_worker)
            yield started
        finally:
            _end(started)


def _require_worker(started: "SparkSession", master: str, seconds: float) -> None:
    """Wait for a worker of the cluster; raise SparkError if none comes, as Spark would wait forever."""
    until = time.monotonic() + seconds
    with explained("start its workers"):
        # The status counts this process too.
        while started.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 1:
            if time.monotonic() > until:
                raise SparkError(
                    f"No worker of {master} took the work within {seconds:,.0f} s; start one there, or free"
                    " one that has as much memory as SPARK_EXECUTOR_MEMORY says (1g)."
                )
            time.sleep(_SECONDS_BETWEEN_LOOKS)


def _end(started: "SparkSession") -> None:
    """Stop Spark, and end the process of Java, which would stay until this one ends."""
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    # Where Java has died, whoever asked it last has said so.
    with suppress(Py4JError, ConnectionError):
        started.stop()
        gateway.shutdown()
    SparkContext._gateway = SparkContext._jvm = None
    # Java ends with its input.
    gateway.proc.stdin.close()
    gateway.proc.wait()


def _require(master: str) -> str:
    """Return the host of the master, this one for `local`; raise SparkError where Spark cannot start."""
    cluster = _CLUSTER.fullmatch(master)
    if cluster is None and not _LOCAL.fullmatch(master):
        raise SparkError(
            f"{master!r} is no Spark master; name local[2] for two threads, or spark://HOST:PORT."
        )
    if find_spec("pyspark") is None or find_spec("pyarrow") is None:
        raise SparkError("PySpark is not installed; run: pip install 'nextplay[spark]'.")
    if not _has_java():
        raise SparkError(
            "Spark needs Java, which is not installed; install Java 17 or newer, or name its folder by"
            " JAVA_HOME."
        )
    if cluster is None:
        return _LOOPBACK
    host, port = cluster[1], int(cluster[2])
    try:
        socket.create_connection((host, port), _SECONDS_TO_CONNECT).close()
    except (OSError, OverflowError) as error:
        raise SparkError(
            f"No Spark master answers at {master} ({error}); start one there, or name another by --master."
        ) from error
    return host


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which(str(Path(home) / "bin" / "java") if home else "java") is not None


def _options(host: str) -> dict[str, str]:
    options = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_ROWS_OF_A_BATCH),
        # Blocks of a matrix are taken a few at a time, but each is large.
        "spark.driver.maxResultSize": "0",
        "spark.driver.memory": os.environ.get("SPARK_DRIVER_MEMORY", "4g"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # What matters of a failure is raised here; workers of a cluster have logs of their own.
        "spark.log.level": "OFF",
    }
    if host in (_LOOPBACK, "localhost"):
        options |= {"spark.driver.host": _LOOPBACK, "spark.driver.bindAddress": _LOOPBACK}
    return options

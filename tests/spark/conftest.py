"""Spark, started once for the tests of a process."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from spark import SparkEngine, spark_engine


@pytest.fixture(scope="session")
def needs_spark() -> Iterator[None]:
    """Skip where the machine has no Spark; have Java begin quickly where it has."""
    if find_spec("pyspark") is None:
        pytest.skip("needs PySpark: pip install 'nextplay[spark]'")
    if shutil.which("java") is None:
        pytest.skip("needs Java 17 or newer")
    with pytest.MonkeyPatch.context() as environment:
        # Java lives for seconds here: to compile thoroughly takes longer than it saves.
        environment.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


@pytest.fixture(scope="session")
def engine(needs_spark: None) -> Iterator[SparkEngine]:
    """Spark on two threads of this machine."""
    with spark_engine("local[2]") as engine:
        yield engine

"""The engine of a refresh, on Spark."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.refresh import RULES_VERSION
from spark.blocks import SparkBlocks
from spark.errors import SparkError, explained
from spark.libraries import SparkLibraries
from spark.session import session

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """What a refresh has Spark do.

    Attributes:
        read_libraries: Reads the items file.
        map_blocks: Counts common owners, and solves neighbourhoods.
    """

    read_libraries: SparkLibraries
    map_blocks: SparkBlocks


@contextmanager
def spark_engine(master: str) -> Iterator[SparkEngine]:
    """Start Spark for the block, and make sure that its workers have this version of the project.

    Args:
        master: `local[N]` or `spark://HOST:PORT`.

    Raises:
        SparkError: Spark cannot be started, or its workers lack the project.
    """
    with session(master) as spark:
        _require_project(spark)
        yield SparkEngine(SparkLibraries(spark), SparkBlocks(spark))


def _require_project(spark: "SparkSession") -> None:
    workers = spark.sparkContext.defaultParallelism
    with explained("start its workers"):
        rules = spark.range(0, workers, 1, workers).mapInArrow(_rules, "rules int").distinct().toArrow()
    if rules["rules"].to_pylist() != [RULES_VERSION]:
        raise SparkError(
            "Spark's workers have another version of Nextplay; install this one on each of them."
        )


def _rules(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
    """Return the rules that the project has on a worker; importing it there is the point."""
    import pyarrow as pa

    for batch in batches:
        yield pa.record_batch([pa.array([RULES_VERSION] * batch.num_rows, pa.int32())], ["rules"])

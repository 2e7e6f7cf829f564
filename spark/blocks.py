"""Working on blocks of games in Spark: what `recommender.linalg.threads.in_threads` does on one machine."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from spark.errors import explained

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

Result = TypeVar("Result")

# How many blocks per worker are on their way at a time: one of a large matrix takes a hundred megabytes.
_BLOCKS_A_WORKER = 2


class SparkBlocks:
    """Sends a function to the workers once, and has them call it with each block."""

    def __init__(self, spark: "SparkSession") -> None:
        self._spark = spark

    def __call__(self, function: Callable[[slice], Result], items: Iterable[slice], /) -> Iterator[Result]:
        """Yield what `function` makes of each block, in their order.

        Raises:
            SparkError: Spark failed, or `function` did.
        """
        blocks = [(block.start, block.stop) for block in items]
        context = self._spark.sparkContext
        with explained("share the work on common owners"):
            together = _BLOCKS_A_WORKER * context.defaultParallelism
            sent = context.broadcast(function)
        try:
            for start in range(0, len(blocks), together):
                yield from self._results(sent, blocks[start : start + together])
        finally:
            with explained("share the work on common owners"):
                sent.destroy()

    def _results(self, sent: Any, blocks: list[tuple[int, int]]) -> Iterator[Any]:
        from pyspark.serializers import CPickleSerializer

        def work(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
            return _worked(sent.value, blocks, batches)

        with explained("count common owners"):
            numbers = self._spark.range(0, len(blocks), 1, len(blocks))
            rows = numbers.mapInArrow(work, "block long, result binary").toArrow()
        read = CPickleSerializer().loads
        for row in rows.sort_by("block")["result"]:
            yield read(row.as_buffer())


def _worked(
    function: Callable[[slice], object], blocks: list[tuple[int, int]], batches: "Iterator[pa.RecordBatch]"
) -> "Iterator[pa.RecordBatch]":
    """Call the function with the blocks whose numbers come; runs on a worker."""
    import pyarrow as pa
    from pyspark.serializers import CPickleSerializer
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        for batch in batches:
            for number in batch.column(0).to_pylist():
                result = CPickleSerializer().dumps(function(slice(*blocks[number])))
                yield pa.record_batch(
                    [pa.array([number]), pa.array([result], pa.binary())], ["block", "result"]
                )

"""Apache Spark as the engine of a refresh: the project's own parser and products on many machines.

It needs the extra `nextplay[spark]` and Java. Nothing here is imported by what runs without it.
"""

from spark.engine import SparkEngine, spark_engine
from spark.errors import SparkError

__all__ = ["SparkEngine", "SparkError", "spark_engine"]

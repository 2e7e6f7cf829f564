"""What Spark's failures become: one sentence with the cause and the remedy."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import NextplayError

# The last line of a Python traceback: what was raised, and its message.
_RAISED = re.compile(r"^(?:\w+\.)*(\w*(?:Error|Exception|Unusable)): (.+)$", re.MULTILINE)
_LONGEST_REASON = 300


class SparkError(NextplayError):
    """Spark is missing, cannot be reached, or did not do what it was asked for."""


@contextmanager
def explained(task: str) -> Iterator[None]:
    """Turn what Spark raises in the block into one sentence.

    Args:
        task: What Spark is to do, as in "Spark could not ...".

    Raises:
        SparkError: Spark failed.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        raise SparkError(_sentence(task, str(error))) from error


def _sentence(task: str, message: str) -> str:
    raised = _RAISED.findall(message)
    kind, reason = raised[-1] if raised else ("", message.strip().partition("\n")[0])
    if kind in ("ModuleNotFoundError", "ImportError"):
        return (
            f"Spark's workers lack what Nextplay needs ({reason}); install nextplay[spark] of this version on"
            " each of them, for the Python that PYSPARK_PYTHON names."
        )
    if "PYTHON_VERSION_MISMATCH" in message:
        return (
            "Spark's workers run another version of Python; name one like this by the variable"
            " PYSPARK_PYTHON."
        )
    return f"Spark could not {task} ({reason[:_LONGEST_REASON]}); the old data stay in use."

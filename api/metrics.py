"""Metrics for Prometheus: what is the same for every process, and what requests add to it."""

import math
from collections.abc import Callable
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from store import Database, StoreError, queries

# Seconds. An answer given before takes a fraction of a millisecond.
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)


def process_registry() -> CollectorRegistry:
    """Return a registry of the memory and time of this process, to which others add theirs."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    return registry


def add_data_age(registry: CollectorRegistry, read: Callable[[], float]) -> None:
    """Add the age of the data, in seconds and NaN for never; `read` reads it at each scrape."""
    Gauge(
        "nextplay_data_age_seconds",
        "Time since the data were last found up to date; NaN: never.",
        registry=registry,
    ).set_function(read)


def data_age(database: Database) -> float:
    """Return how many seconds ago the data were last found up to date; NaN if never, or if there are none."""
    try:
        with database.reader() as session:
            age = queries.provenance(session).age(datetime.now(UTC))
    except StoreError:
        return math.nan
    return math.nan if age is None else age.total_seconds()


class RequestMetrics:
    """Counts requests by operation and status, and times them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Begin at zero, in `registry`."""
        self._requests = Counter(
            "nextplay_http_requests",
            "Requests by operation and status.",
            ("operation", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "nextplay_http_request_seconds",
            "Time from a request to the end of its answer.",
            ("operation",),
            buckets=_BUCKETS,
            registry=registry,
        )

    def record(self, operation: str, status: int, seconds: float) -> None:
        """Count a request to an operation, by the path it is documented by."""
        self._requests.labels(operation, str(status)).inc()
        self._seconds.labels(operation).observe(seconds)

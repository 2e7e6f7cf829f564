"""Counters, latencies and ages for Prometheus, served where `NEXTPLAY_METRICS_PORT` says."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import nan

from prometheus_client import Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.metrics import add_data_age, process_registry
from bot.telemetry.interactions import InteractionRecord
from commands.core.services.published import PublishedState
from commands.core.services.refresher import RefreshResult
from commands.core.services.shard_reports import ShardState
from store import NextplayError

# Seconds. Discord gives up on a command that has said nothing after three, and on suggestions likewise.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)

CONNECTED = "nextplay_gateway_connected"


class MetricsError(NextplayError):
    """The metrics cannot be served."""


class _ShardCollector(Collector):
    """Reads the states of the shards at each scrape."""

    def __init__(self, shards: Callable[[], Sequence[ShardState]]) -> None:
        self._shards = shards

    def collect(self) -> Iterator[Metric]:
        connected = GaugeMetricFamily(
            "nextplay_shard_connected", "Whether a shard hears Discord.", labels=["shard"]
        )
        latency = GaugeMetricFamily(
            "nextplay_shard_latency_seconds", "Time that a shard's last heartbeat took.", labels=["shard"]
        )
        commands = CounterMetricFamily(
            "nextplay_shard_commands", "Commands in the servers of a shard.", labels=["shard"]
        )
        for shard in self._shards():
            connected.add_metric([str(shard.id)], shard.is_connected)
            commands.add_metric([str(shard.id)], shard.commands)
            if shard.latency is not None:
                latency.add_metric([str(shard.id)], shard.latency)
        yield connected
        yield latency
        yield commands


class Metrics:
    """What a bot has done since it started, in a registry of its own."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.registry = process_registry()
        self._commands = Counter(
            "nextplay_commands", "Commands by how they ended.", ("command", "outcome"), registry=self.registry
        )
        self._latency = self._histogram(
            "nextplay_command_seconds", "Time from hearing of a command to its end."
        )
        self._suggestions = self._histogram(
            "nextplay_autocomplete_seconds", "Time from hearing what is typed to the suggestions."
        )
        self._refreshes = Counter(
            "nextplay_refreshes", "Refresh runs by how they ended.", ("outcome",), registry=self.registry
        )

    def _histogram(self, name: str, meaning: str) -> Histogram:
        return Histogram(name, meaning, ("command",), buckets=_BUCKETS, registry=self.registry)

    def record_interaction(self, interaction: InteractionRecord) -> None:
        """Count an interaction."""
        if interaction.kind == "autocomplete":
            self._suggestions.labels(interaction.name).observe(interaction.seconds)
        else:
            self._commands.labels(interaction.name, interaction.outcome.value).inc()
            self._latency.labels(interaction.name).observe(interaction.seconds)

    def record_refresh(self, result: RefreshResult) -> None:
        """Count a refresh."""
        self._refreshes.labels(result.outcome.value).inc()

    def read_on_request(
        self,
        *,
        data_age: Callable[[], float],
        gateway_latency: Callable[[], float],
        gateway_connected: Callable[[], bool],
        shards: Callable[[], Sequence[ShardState]],
        is_leader: Callable[[], bool],
    ) -> None:
        """Add gauges whose values are read in another thread at each scrape.

        Args:
            data_age: Seconds since the data were last found up to date; NaN if never.
            gateway_latency: Seconds that Discord's last heartbeat took, the mean of all shards.
            gateway_connected: Whether every shard of the process hears Discord.
            shards: The state of each shard of the process.
            is_leader: Whether the process keeps the schedule.
        """
        add_data_age(self.registry, data_age)
        self._gauge(
            "nextplay_gateway_latency_seconds", "Time that Discord's last heartbeat took.", gateway_latency
        )
        self._gauge(CONNECTED, "Whether every shard hears Discord.", gateway_connected)
        self._gauge("nextplay_leader", "Whether this process keeps the schedule.", is_leader)
        self.registry.register(_ShardCollector(shards))

    def read_last_look(self, state: Callable[[], PublishedState | None]) -> None:
        """Add gauges of a store that is published elsewhere, read at each scrape."""

        def has_problem() -> bool:
            found = state()
            return found is not None and found.problem is not None

        def published_at() -> float:
            found = state()
            return nan if found is None or found.published_at is None else found.published_at.timestamp()

        self._gauge(
            "nextplay_published_store_problem", "Whether no newer published store can be served.", has_problem
        )
        self._gauge(
            "nextplay_published_store_timestamp_seconds",
            "When the published store that serves was published; NaN while none serves.",
            published_at,
        )

    def _gauge(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        Gauge(name, meaning, registry=self.registry).set_function(read)

    @contextmanager
    def served(self, host: str, port: int) -> Iterator[int]:
        """Serve them for as long as the block lasts.

        Args:
            host: The address to listen at.
            port: Where to listen; 0 is any port that is free.

        Yields:
            The port.

        Raises:
            MetricsError: The port cannot be had.
        """
        try:
            server, thread = start_http_server(port, host, self.registry)
        except OSError as error:
            raise MetricsError(
                f"The metrics cannot be served at {host}, port {port}: {error.strerror}; set "
                "NEXTPLAY_METRICS_PORT to another one."
            ) from error
        try:
            yield server.server_port
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

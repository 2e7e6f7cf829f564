"""What Prometheus reads of a running bot, and what a container's health check makes of it."""

import asyncio
import math
import socket
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.metrics import data_age
from bot.telemetry.healthcheck import Unhealthy, check
from bot.telemetry.metrics import Metrics, MetricsError
from commands.core.services.refresher import RefreshResult
from commands.core.services.shard_reports import ShardState
from store import Database, queries
from store.models import RunOutcome
from tests.bot.conftest import Serve

Samples: TypeAlias = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(port: int) -> Samples:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as page:
        families = text_string_to_metric_families(page.read().decode())
        return {(s.name, frozenset(s.labels.items())): s.value for f in families for s in f.samples}


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples[name, frozenset(labels.items())]


def follow(
    metrics: Metrics,
    *,
    data_age: Callable[[], float] = lambda: 0.0,
    latency: float = 0.05,
    connected: bool = True,
) -> None:
    metrics.read_on_request(
        data_age=data_age,
        gateway_latency=lambda: latency,
        gateway_connected=lambda: connected,
        shards=lambda: (ShardState(0, connected, latency, 7), ShardState(3, False, None, 0)),
        is_leader=lambda: True,
    )


async def test_commands_are_counted_by_name_and_outcome_and_timed(
    serve: Serve, empty_store: Database
) -> None:
    metrics = Metrics()
    served = await serve(empty_store, observer=metrics.record_interaction)
    await served.member.ask("/help")
    await served.member.ask("/help")
    await served.member.ask("/developer", name="Nobody")
    await served.member.autocomplete("/developer", "name", "val")
    await served.bot.finish(5)
    with metrics.served("127.0.0.1", 0) as port:
        samples = await asyncio.to_thread(read, port)
    assert value(samples, "nextplay_commands_total", command="help", outcome="ok") == 2
    assert value(samples, "nextplay_commands_total", command="developer", outcome="refused") == 1
    assert value(samples, "nextplay_command_seconds_count", command="help") == 2
    assert 0 < value(samples, "nextplay_command_seconds_sum", command="help") < 60
    assert value(samples, "nextplay_autocomplete_seconds_count", command="developer") == 1


def test_refreshes_are_counted_by_outcome() -> None:
    metrics = Metrics()
    for outcome in (RunOutcome.APPLIED, RunOutcome.FAILED, RunOutcome.FAILED):
        metrics.record_refresh(RefreshResult(outcome, 1.0))
    with metrics.served("127.0.0.1", 0) as port:
        samples = read(port)
    assert value(samples, "nextplay_refreshes_total", outcome="failed") == 2
    assert value(samples, "nextplay_refreshes_total", outcome="applied") == 1


def test_the_age_of_the_data_is_that_of_the_last_good_run(sample_store: Database) -> None:
    metrics = Metrics()
    follow(metrics, data_age=partial(data_age, sample_store))
    with sample_store.reader() as session:
        refreshed = queries.provenance(session).refreshed_at
    assert refreshed is not None
    with metrics.served("127.0.0.1", 0) as port:
        before = (datetime.now(UTC) - refreshed).total_seconds()
        age = value(read(port), "nextplay_data_age_seconds")
        assert before <= age <= (datetime.now(UTC) - refreshed).total_seconds()


def test_data_that_cannot_be_read_have_no_age(empty_store: Database, tmp_path: Path) -> None:
    assert math.isnan(data_age(empty_store))
    assert math.isnan(data_age(Database(tmp_path / "none.sqlite3")))


def test_each_shard_has_a_line_of_its_own() -> None:
    metrics = Metrics()
    follow(metrics)
    with metrics.served("127.0.0.1", 0) as port:
        samples = read(port)
    assert value(samples, "nextplay_shard_connected", shard="0") == 1
    assert value(samples, "nextplay_shard_connected", shard="3") == 0
    assert value(samples, "nextplay_shard_latency_seconds", shard="0") == 0.05
    assert ("nextplay_shard_latency_seconds", frozenset({("shard", "3")})) not in samples
    assert value(samples, "nextplay_shard_commands_total", shard="0") == 7
    assert value(samples, "nextplay_shard_commands_total", shard="3") == 0


def test_two_bots_of_one_process_are_counted_apart() -> None:
    first, second = Metrics(), Metrics()
    first.record_refresh(RefreshResult(RunOutcome.APPLIED, 1.0))
    with second.served("127.0.0.1", 0) as port:
        assert not any(name == "nextplay_refreshes_total" for name, _ in read(port))


def test_a_port_that_is_taken_is_a_sentence_naming_the_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MetricsError, match="NEXTPLAY_METRICS_PORT"), Metrics().served("127.0.0.1", port):
            pass


def test_only_the_address_that_was_set_listens() -> None:
    with Metrics().served("127.0.0.1", 0) as port, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_the_health_check_is_content_with_a_bot_that_hears_discord() -> None:
    metrics = Metrics()
    follow(metrics)
    with metrics.served("127.0.0.1", 0) as port:
        check("127.0.0.1", port)
        check("0.0.0.0", port)


def test_the_health_check_says_what_is_wrong() -> None:
    metrics = Metrics()
    follow(metrics, connected=False)
    with metrics.served("127.0.0.1", 0) as port, pytest.raises(Unhealthy, match="does not hear Discord"):
        check("127.0.0.1", port)
    with pytest.raises(Unhealthy, match="does not answer"):
        check("127.0.0.1", port)

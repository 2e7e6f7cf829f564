"""Whoever watches the service hears whether it lives, whether it can answer, and what it has done."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from api.options import ApiOptions
from api.server import served
from store import Database
from tests.api.conftest import Serve
from tests.api.test_refusals import problem_of
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow

ANSWERS = ("/readyz", "/developer/Valve", "/v1/provenance", "/v1/complete?kind=game")
UNREADABLE = "The data cannot be read just now; whoever runs this service finds the reason in its log."


def test_a_service_with_data_is_ready_and_says_how_old_they_are(client: httpx.Client) -> None:
    ready = client.get("/readyz")
    assert ready.status_code == 200
    told = ready.json()
    assert (told["status"], told["generated"]) == ("ready", False)
    assert told["data_as_of"] is None
    assert told["refreshed_at"].startswith("2026-04-01T04:31:00")
    assert isinstance(told["age_seconds"], float)


@pytest.mark.parametrize("address", ANSWERS)
def test_without_a_store_it_lives_and_is_not_ready(serve: Serve, tmp_path: Path, address: str) -> None:
    client = serve(Database(tmp_path / "none.sqlite3"))
    assert client.get("/healthz").json() == {"status": "alive"}
    refused = client.get(address)
    assert problem_of(refused, 503) == UNREADABLE
    assert "Retry-After" in refused.headers


@pytest.mark.parametrize("address", ANSWERS)
def test_an_empty_store_is_not_ready_either(serve: Serve, empty_store: Database, address: str) -> None:
    sentence = problem_of(serve(empty_store).get(address), 503)
    assert sentence == "There are no data yet; `nextplay refresh` fills the store."


@pytest.mark.parametrize("address", ANSWERS)
def test_a_file_that_is_no_database_is_a_sentence(
    serve: Serve, small_store: SmallStore, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    small_store.database.close()
    small_store.database.file.write_bytes(b"no database at all" * 1000)
    assert problem_of(serve(small_store.database).get(address), 503) == UNREADABLE
    assert small_store.database.file.name in caplog.text


def test_spoilt_user_data_hide_every_player_and_nothing_else(serve: Serve, small_store: SmallStore) -> None:
    small_store.database.close()
    small_store.database.user_data_file.file.write_bytes(b"no database at all" * 1000)
    client = serve(small_store.database)
    assert client.get("/developer/Valve").status_code == 200
    assert "which players are private" in problem_of(client.get("/userdata/ana"), 503)
    assert client.get("/v1/complete?kind=player&text=an").json() == []


def test_a_store_that_is_spoilt_while_it_serves_is_a_sentence(serve: Serve, small_store: SmallStore) -> None:
    client = serve(small_store.database)
    assert client.get("/developer/Valve").status_code == 200
    small_store.database.close()
    size = small_store.database.file.stat().st_size
    small_store.database.file.write_bytes(b"\0" * size)
    assert problem_of(client.get("/developer/Valve"), 503) == UNREADABLE
    assert problem_of(client.get("/readyz"), 503) == UNREADABLE


def test_a_store_of_another_version_is_a_sentence(serve: Serve, small_store: SmallStore) -> None:
    with closing(sqlite3.connect(small_store.database.file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'other'")
        connection.commit()
    assert problem_of(serve(Database(small_store.database.file)).get("/readyz"), 503) == UNREADABLE


def test_a_folder_in_place_of_the_store_is_a_sentence(serve: Serve, tmp_path: Path) -> None:
    assert problem_of(serve(Database(tmp_path)).get("/readyz"), 503) == UNREADABLE


def test_a_store_that_comes_back_is_ready_again(
    serve: Serve, small_store: SmallStore, tmp_path: Path
) -> None:
    client = serve(small_store.database)
    assert client.get("/readyz").status_code == 200
    small_store.database.close()
    away = shutil.move(small_store.database.file, tmp_path / "away.sqlite3")
    assert client.get("/readyz").status_code == 503
    shutil.move(away, small_store.database.file)
    assert client.get("/readyz").status_code == 200


def read(client: httpx.Client) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(s.name, frozenset(s.labels.items())): s.value for f in families for s in f.samples}


def test_requests_are_counted_by_operation_and_status_and_name_nobody(
    serve: Serve, small_store: SmallStore
) -> None:
    client = serve(small_store.database)
    for address in ("/developer/Valve", "/developer/Valve", "/developer/Nobody", "/nothing/ana"):
        client.get(address)
    client.head("/developer/Valve")
    samples = read(client)

    def count(operation: str, status: str) -> float:
        labels = frozenset({"operation": operation, "status": status}.items())
        return samples["nextplay_http_requests_total", labels]

    assert count("/developer/{desarrollador}", "200") == 3
    assert count("/developer/{desarrollador}", "404") == 1
    assert count("unknown", "404") == 1
    assert not {"Valve", "Nobody", "ana"} & {value for _, labels in samples for _, value in labels}
    assert samples["nextplay_data_age_seconds", frozenset()] != 0


def test_a_registry_that_is_given_is_served_too(small_store: SmallStore) -> None:
    from prometheus_client import Counter

    registry = CollectorRegistry()
    Counter("told", "Told by somebody else.", registry=registry).inc()
    with served(small_store.database, ApiOptions(port=0), registry) as port:
        assert "told_total 1.0" in httpx.get(f"http://127.0.0.1:{port}/metrics").text


def test_the_page_shows_the_description(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "/openapi.json" in page.text

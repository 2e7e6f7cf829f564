"""An answer is encoded once, is known by its tag, and is computed again as soon as the data change."""

import gzip
import shutil
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from api.answers import StoredAnswer
from store import Database
from store.models import Developer, DeveloperYear, RunOutcome
from tests.api.conftest import Serve
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow

VALVE = "/developer/Valve"


def release(database: Database, year: int) -> None:
    """Let Valve release something."""
    with database.writer() as session:
        valve = session.scalars(select(Developer.id).where(Developer.name == "Valve")).one()
        counts = {"items": 1, "free_items": 0, "unpriced_items": 0, "undated_items": 0}
        session.add(DeveloperYear(developer_id=valve, year=year, **counts))


def years(response: httpx.Response) -> list[int]:
    return [entry["Año"] for entry in response.json()]


def test_whoever_has_an_answer_hears_that_nothing_has_changed(client: httpx.Client) -> None:
    first = client.get(VALVE)
    again = client.get(VALVE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    ("tags", "status"),
    [("*", 304), ('"other", {tag}', 304), ("{strong}", 304), ('"other"', 200), ("", 200), ("{tag}x", 304)],
)
def test_any_of_several_tags_will_do(client: httpx.Client, tags: str, status: int) -> None:
    tag = client.get(VALVE).headers["ETag"]
    sent = tags.format(tag=tag, strong=tag.removeprefix("W/"))
    assert client.get(VALVE, headers={"If-None-Match": sent}).status_code == status


def test_changed_data_have_another_tag_and_are_answered_at_once(
    serve: Serve, small_store: SmallStore
) -> None:
    client = serve(small_store.database)
    tag = client.get(VALVE).headers["ETag"]
    release(small_store.database, 2020)
    changed = client.get(VALVE, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert years(changed) == [2020, 2014, 2011]


def test_a_file_in_place_of_the_store_is_answered_from_at_once(
    serve: Serve, small_store: SmallStore, tmp_path: Path
) -> None:
    client = serve(small_store.database)
    tag = client.get(VALVE).headers["ETag"]
    small_store.database.close()
    other = Database(shutil.copy(small_store.database.file, tmp_path / "other.sqlite3"))
    release(other, 2021)
    other.close()
    other.file.replace(small_store.database.file)
    changed = client.get(VALVE, headers={"If-None-Match": tag})
    assert years(changed) == [2021, 2014, 2011]
    assert changed.headers["ETag"] != tag


def test_a_store_that_comes_later_is_served_without_a_restart(
    serve: Serve, small_store: SmallStore, tmp_path: Path
) -> None:
    small_store.database.close()
    later = tmp_path / "later" / "nextplay.sqlite3"
    client = serve(Database(later))
    assert client.get(VALVE).status_code == 503
    later.parent.mkdir()
    for file in (small_store.database.file, small_store.database.user_data_file.file):
        shutil.copy(file, later.parent)
    assert client.get(VALVE).status_code == 200


def test_a_long_answer_is_gzipped_for_those_who_take_it(client: httpx.Client) -> None:
    address = "/v1/compare_games?first=620&second=10"
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert "Accept-Encoding" in plain.headers["Vary"]
    refused = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_the_description_is_gzipped_and_has_a_tag(client: httpx.Client) -> None:
    description = client.get("/openapi.json")
    assert description.headers["Content-Encoding"] == "gzip"
    tag = {"If-None-Match": description.headers["ETag"]}
    assert client.get("/openapi.json", headers=tag).status_code == 304


async def test_an_answer_is_packed_once() -> None:
    sent: list[bytes] = []

    async def send(message: dict[str, object]) -> None:
        if "body" in message:
            sent.append(message["body"])  # type: ignore[arg-type]

    answer = StoredAnswer(b'"' + b"x" * 5000 + b'"', 'W/"1"')
    scope = {"type": "http", "headers": [(b"accept-encoding", b"gzip")]}
    for _ in range(2):
        await answer(scope, None, send)  # type: ignore[arg-type]
    assert sent[0] is sent[1]
    assert len(gzip.decompress(sent[0])) == 5002


def test_a_refusal_is_not_kept(serve: Serve, small_store: SmallStore) -> None:
    client = serve(small_store.database)
    refused = client.get("/developer/Nobody")
    assert "ETag" not in refused.headers
    assert refused.headers["Cache-Control"] == "no-store"


def test_a_run_that_finds_nothing_new_leaves_the_answers_right(serve: Serve, small_store: SmallStore) -> None:
    client = serve(small_store.database)
    before = client.get("/v1/provenance").json()
    with small_store.fill() as b:
        b.run(RunOutcome.UNCHANGED, day=2)
    after = client.get("/v1/provenance").json()
    assert before["refreshed_at"] < after["refreshed_at"]

"""A published store is one file with all of the store's answers, and nothing that is only its machine's."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from ingest.runtime.run_lock import run_lock
from store import Database, queries, user_data
from store.files.refill import require_refill
from store.publication.check import require_answers
from store.publication.destination import Destination, without_secrets
from store.publication.errors import PublicationError
from store.publication.manifest import MANIFEST, Manifest
from store.publication.packing import unpack
from store.publication.publish import publish
from tests.copies import copy_of

NOW = datetime(2026, 4, 20, 4, 30, tzinfo=UTC)


@pytest.fixture
def database(sample_store: Database, tmp_path: Path) -> Database:
    """A copy of the generated sample."""
    file = tmp_path / "here" / "nextplay.sqlite3"
    file.parent.mkdir()
    return copy_of(sample_store, file)


def fetched(folder: Path, target: Path) -> Manifest:
    """Unpack what is published in a folder; return its manifest."""
    manifest = Manifest.from_json((folder / MANIFEST).read_bytes())
    unpack(folder / manifest.file, target, manifest, lambda _: None)
    return manifest


def execute(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def test_what_is_published_answers_as_the_store_does(database: Database, tmp_path: Path) -> None:
    manifest = publish(database, str(tmp_path / "out"), now=NOW).manifest
    assert fetched(tmp_path / "out", tmp_path / "copy.sqlite3") == manifest
    copy = Database(tmp_path / "copy.sqlite3", immutable=True)
    require_answers(copy, manifest)
    assert manifest.known
    with database.reader() as here, copy.reader() as there:
        assert queries.recommend_game(there, "Portal 2") == queries.recommend_game(here, "Portal 2")
    assert not list(tmp_path.glob("copy.sqlite3-*")), "nothing beside the file is needed"


def test_it_is_read_from_a_folder_that_nobody_may_write(database: Database, tmp_path: Path) -> None:
    publish(database, str(tmp_path / "out"), now=NOW)
    place = tmp_path / "locked"
    place.mkdir()
    manifest = fetched(tmp_path / "out", place / "copy.sqlite3")
    (place / "copy.sqlite3").chmod(0o400)
    place.chmod(0o500)
    try:
        require_answers(Database(place / "copy.sqlite3", immutable=True), manifest)
    finally:
        place.chmod(0o700)


def test_nothing_of_the_machine_or_of_people_is_published(database: Database, tmp_path: Path) -> None:
    with database.user_data.writer() as session:
        user_data.link(session, 42, "player")
    execute(database.file, "UPDATE refresh_runs SET error = 'in /home/somebody'")
    publish(database, str(tmp_path / "out"), now=NOW)
    fetched(tmp_path / "out", tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (0,)
        assert copy.execute("SELECT count(*) FROM refresh_runs WHERE error IS NOT NULL").fetchone() == (0,)
        assert copy.execute("SELECT count(*) FROM run_sources WHERE location LIKE '%/%'").fetchone() == (0,)
        assert copy.execute("SELECT count(*) FROM rejects").fetchone() == (0,)


def test_a_refresh_under_way_is_not_waited_for(database: Database, tmp_path: Path) -> None:
    with run_lock(database.file), database.writer() as session:
        session.connection().exec_driver_sql("UPDATE game_stats SET owners = 0")
        manifest = publish(database, str(tmp_path / "out"), now=NOW).manifest
    fetched(tmp_path / "out", tmp_path / "copy.sqlite3")
    require_answers(Database(tmp_path / "copy.sqlite3", immutable=True), manifest)


def test_older_files_stay_for_a_day_and_the_newest_for_longer(database: Database, tmp_path: Path) -> None:
    out = tmp_path / "out"
    moments = [NOW + timedelta(hours=hours) for hours in (0, 1, 30, 31)]
    files = [publish(database, str(out), keep=2, now=moment).manifest.file for moment in moments]
    assert {file.name for file in out.iterdir()} == {*files[2:], MANIFEST}
    assert not list((tmp_path / "here").glob(".publish-*"))


def test_only_its_own_files_are_ever_removed(database: Database, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "store-notes.txt").touch()
    for hours in (0, 30, 60):
        publish(database, str(out), keep=1, now=NOW + timedelta(hours=hours))
    assert (out / "store-notes.txt").exists()
    assert len(list(out.iterdir())) == 3


def test_an_address_of_another_kind_will_do(database: Database) -> None:
    manifest = publish(database, "memory://bucket/store", now=NOW).manifest
    files = fsspec.filesystem("memory")
    assert Manifest.from_json(files.cat_file("/bucket/store/manifest.json")) == manifest
    assert files.size(f"/bucket/store/{manifest.file}") == manifest.size


def test_a_manifest_is_never_there_before_its_file(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Destination.put

    def break_at_manifest(self: Destination, file: Path, name: str) -> None:
        if name == MANIFEST:
            raise PublicationError("The connection broke off.")
        put(self, file, name)

    first = publish(database, str(tmp_path / "out"), now=NOW).manifest
    monkeypatch.setattr(Destination, "put", break_at_manifest)
    with pytest.raises(PublicationError):
        publish(database, str(tmp_path / "out"), now=NOW + timedelta(days=9))
    assert fetched(tmp_path / "out", tmp_path / "copy.sqlite3") == first


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("nonsense://bucket/store", "check the address"),
        (
            "http://user:secret@127.0.0.1:9/store?token=secret",
            r"Nothing was published to http://127\.0\.0\.1:9/store: such an address can only be read",
        ),
        ("", "name a folder"),
    ],
)
def test_where_nobody_can_write_is_said_without_secrets(
    database: Database, address: str, reason: str
) -> None:
    with pytest.raises(PublicationError, match=reason) as refusal:
        publish(database, address, now=NOW)
    assert "secret" not in str(refusal.value)


def test_a_file_in_the_place_of_the_folder_is_said(database: Database, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(PublicationError, match=r"Nothing was published to .*out: "):
        publish(database, str(tmp_path / "out"), now=NOW)


def empty(database: Database) -> None:
    execute(database.file, "DELETE FROM refresh_runs")


def upgraded(database: Database) -> None:
    with database.writer() as session:
        require_refill(session.connection())


def damaged(database: Database) -> None:
    execute(database.file, "PRAGMA wal_checkpoint(TRUNCATE)")
    size = database.file.stat().st_size
    with database.file.open("r+b") as file:
        file.seek(size // 8 * 4 // 4096 * 4096)
        file.write(b"\xff" * 65_536)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(empty, "no data to publish"), (upgraded, "waits|upgrade"), (damaged, "damaged|not a usable")],
)
def test_a_store_that_could_not_serve_is_not_published(
    database: Database, tmp_path: Path, spoil: Callable[[Database], None], reason: str
) -> None:
    spoil(database)
    with pytest.raises(Exception, match=reason):
        publish(database, str(tmp_path / "out"), now=NOW)
    assert not (tmp_path / "out" / MANIFEST).exists()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://user:pw@host/a/b?key=x#y", "https://host/a/b"),
        ("s3://bucket/store", "s3://bucket/store"),
        ("/var/lib/a?b", "/var/lib/a?b"),
    ],
)
def test_an_address_is_shown_without_password_and_query(address: str, shown: str) -> None:
    assert without_secrets(address) == shown


def test_a_place_that_keeps_nothing_is_told_of(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryFileSystem, "put_file", lambda *_: None)
    with pytest.raises(PublicationError, match="Nothing was published to memory://forgetful"):
        publish(database, "memory://forgetful", now=NOW)


def test_a_place_that_may_not_be_listed_has_the_store_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Access denied")

    monkeypatch.setattr(MemoryFileSystem, "ls", refuse)
    with pytest.raises(
        PublicationError, match=r"is published, but older .* memory://unlisted: Access denied"
    ):
        publish(database, "memory://unlisted", now=NOW)
    assert fsspec.filesystem("memory").exists("/unlisted/manifest.json")

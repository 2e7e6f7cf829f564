"""A look brings another store only if it is whole and answers; whatever else comes, the old one serves."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import NullPool, create_engine

from bot.published import look as looking
from bot.published.folder import PublishedFolder
from bot.published.look import look
from bot.published.request import LookRequest
from bot.published.store import PublishedStore
from ingest.runtime.run_lock import held
from ingest.sources.download import DownloadSettings
from store import Database, NextplayError
from store.errors import DatabaseMissing, QueryTimeout
from store.files import migration
from store.files.migration import MigrationBranch
from store.publication.manifest import Manifest
from store.runs import RunOutcome, SilentProgress
from tests.bot.published.faults import FAULTS, OF_A_HOST, change_manifest, newest
from tests.bot.published.stores import manifest_of, publish_state, set_state, state_of
from tests.ingest.sources.download.host import Host, Served, break_off, serving

pytestmark = pytest.mark.slow


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where stores are published to."""
    return tmp_path / "out"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The database of the machine that serves, of which there is no file."""
    return tmp_path / "home" / "nextplay.sqlite3"


@pytest.fixture
def store(home: Path) -> Iterator[PublishedStore]:
    store = PublishedStore(home)
    store.upgrade()
    yield store
    store.close()


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A web host, whose misbehaviour is not waited for longer than a test should take."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with serving() as running:
        yield running


def look_at(where: object, home: Path, *, force: bool = False) -> RunOutcome:
    return look(LookRequest(str(where), home, force=force), SilentProgress())


def offer(host: Host, out: Path) -> str:
    """Serve what is published; return the address of the manifest."""
    host.files = {f"/store/{file.name}": Served(file.read_bytes()) for file in out.iterdir()}
    return host.url("/store/manifest.json")


def test_a_newer_store_serves_from_the_next_question_on(
    template: Path, out: Path, home: Path, store: PublishedStore
) -> None:
    for state in (1, 2, 3):
        publish_state(template, out, state)
        assert look_at(manifest_of(out), home) is RunOutcome.APPLIED
        assert state_of(store) == state
    assert look_at(manifest_of(out), home) is RunOutcome.UNCHANGED
    assert len(list(store.folder.path.glob("*[0-9a-f].sqlite3"))) == 2, "the last two are kept"


@pytest.mark.parametrize("name", ["what?", "a#b", "50%20", "x::y", "[1]*", "mit Ö und 空"])
def test_a_path_may_have_any_signs_in_it(
    template: Path, tmp_path: Path, home: Path, store: PublishedStore, name: str
) -> None:
    publish_state(template, tmp_path / name, 1)
    assert look_at(manifest_of(tmp_path / name), home) is RunOutcome.APPLIED
    assert state_of(store) == 1


@pytest.mark.parametrize("name", ["manifest", "store"])
def test_a_pipe_is_not_waited_for(template: Path, out: Path, home: Path, name: str) -> None:
    publish_state(template, out, 1)
    file = manifest_of(out) if name == "manifest" else newest(out)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(NextplayError, match=r"is no regular file; name the manifest of a published store\.$"):
        look_at(manifest_of(out), home)


def test_a_host_serves_it_too(
    template: Path, out: Path, home: Path, store: PublishedStore, host: Host
) -> None:
    publish_state(template, out, 1)
    assert look_at(offer(host, out), home) is RunOutcome.APPLIED
    assert state_of(store) == 1
    publish_state(template, out, 2)
    assert look_at(offer(host, out), home) is RunOutcome.APPLIED
    assert state_of(store) == 2


def test_a_transfer_that_breaks_off_goes_on(
    template: Path, out: Path, home: Path, store: PublishedStore, host: Host
) -> None:
    publish_state(template, out, 1)
    address = offer(host, out)
    host.then(lambda exchange: exchange.answer_well(), break_off(50_000))
    assert look_at(address, home) is RunOutcome.APPLIED
    assert state_of(store) == 1
    assert host.asked[-1].headers["Range"] == "bytes=50000-"


def test_a_store_that_was_withdrawn_is_gone_back_to_without_fetching_it(
    template: Path, out: Path, home: Path, store: PublishedStore
) -> None:
    publish_state(template, out, 1)
    old = manifest_of(out).read_bytes()
    look_at(manifest_of(out), home)
    publish_state(template, out, 2)
    look_at(manifest_of(out), home)
    manifest_of(out).write_bytes(old)
    (out / Manifest.from_json(old).file).unlink()
    assert look_at(manifest_of(out), home) is RunOutcome.APPLIED
    assert state_of(store) == 1


def require_old_one_serves(home: Path, store: PublishedStore, reason: str, address: object) -> None:
    with pytest.raises(NextplayError, match=reason) as refusal:
        look_at(address, home)
    assert str(refusal.value).endswith(".")
    assert state_of(store) == 1
    last = store.folder.last_look()
    assert last is not None
    assert last.problem == str(refusal.value), "doctor and /admin status say why"
    assert not list(store.folder.path.glob("candidate*"))


def impatient(*, max_bytes: int, longest_seconds: float) -> DownloadSettings:
    """The limits of a download, but for those that a test would wait for."""
    return DownloadSettings(
        connect_seconds=1,
        read_seconds=1,
        answer_seconds=1,
        longest_seconds=longest_seconds,
        patience_seconds=1,
        attempts=2,
        longest_wait_seconds=0.1,
        max_bytes=max_bytes,
    )


@pytest.fixture
def second_published(
    template: Path, out: Path, home: Path, store: PublishedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first store serves here, and a second one is published."""
    monkeypatch.setattr("bot.published.origin.DownloadSettings", impatient)
    publish_state(template, out, 1)
    look_at(manifest_of(out), home)
    publish_state(template, out, 2)


@pytest.mark.usefixtures("second_published")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("way", ["path", "web"])
def test_the_old_one_serves_whatever_is_wrong_with_the_new_one(
    out: Path,
    home: Path,
    store: PublishedStore,
    host: Host,
    way: str,
    fault: Callable[[Path, Host], None],
) -> None:
    fault(out, host)
    address: object = offer(host, out) if way == "web" else manifest_of(out)
    require_old_one_serves(home, store, FAULTS[fault], address)


@pytest.mark.usefixtures("second_published")
@pytest.mark.parametrize("fault", OF_A_HOST, ids=lambda fault: fault.__name__)
def test_the_old_one_serves_whatever_the_host_does(
    out: Path,
    home: Path,
    store: PublishedStore,
    host: Host,
    fault: Callable[[Path, Host], None],
) -> None:
    address = offer(host, out)
    fault(out, host)
    require_old_one_serves(home, store, OF_A_HOST[fault], address)


def test_a_store_that_cannot_serve_is_fetched_once(
    template: Path, out: Path, home: Path, store: PublishedStore, host: Host
) -> None:
    publish_state(template, out, 1)
    change_manifest(out, counts={"games": 1})
    address = offer(host, out)
    for _ in range(2):
        with pytest.raises(NextplayError, match="other numbers of games"):
            look_at(address, home)
    assert sum(asked.path.endswith(".zst") for asked in host.asked) == 1
    with pytest.raises(NextplayError, match="other numbers of games"):
        look_at(address, home, force=True)
    assert sum(asked.path.endswith(".zst") for asked in host.asked) == 2


def test_what_a_killed_look_left_behind_spoils_nothing_and_goes(
    template: Path, out: Path, home: Path, store: PublishedStore, tmp_path: Path
) -> None:
    publish_state(template, out, 1)
    other = Path(shutil.copy(template / "nextplay.sqlite3", tmp_path / "other.sqlite3"))
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        set_state(other, 7)
        log = other.with_name("other.sqlite3-wal").read_bytes()
    assert log
    (store.folder.path / "candidate.part-wal").write_bytes(log)
    (store.folder.incoming / "store-older.sqlite3.zst.part").touch()
    assert look_at(manifest_of(out), home) is RunOutcome.APPLIED
    assert state_of(store) == 1
    assert [*store.folder.path.glob("candidate*"), *store.folder.incoming.glob("store-*")] == []


def test_a_store_that_this_machine_had_no_time_for_is_tried_again(
    template: Path, out: Path, home: Path, store: PublishedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_too_long(*_: object) -> None:
        raise QueryTimeout("The query took too long.")

    publish_state(template, out, 1)
    with monkeypatch.context() as in_trouble:
        in_trouble.setattr(looking, "require_answers", take_too_long)
        with pytest.raises(NextplayError, match="took too long"):
            look_at(manifest_of(out), home)
    assert look_at(manifest_of(out), home) is RunOutcome.APPLIED


def test_a_full_disk_is_said_before_anything_is_fetched(
    template: Path, out: Path, home: Path, store: PublishedStore, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_state(template, out, 1)
    address = offer(host, out)
    usage = shutil.disk_usage(home.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    with pytest.raises(NextplayError, match="1 MB are free; make room for it"):
        look_at(address, home)
    assert not [asked for asked in host.asked if asked.path.endswith(".zst")]


def test_two_that_look_at_once_fetch_once(
    template: Path, out: Path, home: Path, store: PublishedStore
) -> None:
    publish_state(template, out, 1)
    with held(PublishedFolder(home).lock) as is_ours:
        assert is_ours
        assert look_at(manifest_of(out), home) is RunOutcome.UNCHANGED
    assert look_at(manifest_of(out), home) is RunOutcome.APPLIED


def test_no_address_with_a_secret_is_told_on(home: Path, store: PublishedStore, host: Host) -> None:
    with pytest.raises(NextplayError) as refusal:
        look_at(host.url("/store/manifest.json?token=secret").replace("//", "//user:secret@"), home)
    assert "secret" not in str(refusal.value)
    assert "secret" not in (store.folder.path / "looked.json").read_text()


def test_a_store_that_an_older_program_kept_is_fetched_again(
    template: Path, out: Path, home: Path, store: PublishedStore
) -> None:
    publish_state(template, out, 1)
    look_at(manifest_of(out), home)
    (kept,) = store.folder.kept()
    with closing(sqlite3.connect(store.folder.file_of(kept))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    with pytest.raises(DatabaseMissing):
        state_of(store)
    assert look_at(manifest_of(out), home) is RunOutcome.APPLIED
    assert state_of(store) == 1


def make_older(file: Path) -> None:
    """Bring a store to the schema before this one."""
    settings = migration.config(MigrationBranch.DATA)
    with create_engine(f"sqlite:///{file}", poolclass=NullPool).begin() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "-1")


def test_a_store_that_an_older_program_kept_serves_where_the_host_is_away(
    template: Path, out: Path, home: Path, store: PublishedStore
) -> None:
    publish_state(template, out, 1)
    look_at(manifest_of(out), home)
    (kept,) = store.folder.kept()
    make_older(store.folder.file_of(kept))
    shutil.rmtree(out)
    with pytest.raises(NextplayError, match="There is no"):
        look_at(manifest_of(out), home)
    assert state_of(store) == 1


def test_a_store_of_an_older_schema_is_brought_to_this_version(template: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(template / "nextplay.sqlite3", tmp_path))
    make_older(file)
    looking._bring_up_to_date(file)
    with Database(file, immutable=True).reader() as session:
        assert migration.revision_of(session.connection()) == migration.head(MigrationBranch.DATA)
    assert {path.name for path in tmp_path.iterdir()} == {file.name}

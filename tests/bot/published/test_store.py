"""Questions go on from the store that they began with, and a store that proves damaged gives way."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.published import store as serving
from bot.published.look import look
from bot.published.request import LookRequest
from bot.published.store import PublishedStore
from store import DatabaseUnavailable, queries, user_data
from store.errors import DatabaseMissing, NotWritten, QueryTimeout
from store.runs import SilentProgress
from tests.bot.published.stores import GAME, manifest_of, publish_state, state_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def published(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose manifest names the store in state 2, and that has that of state 1 as `first.json`."""
    out = tmp_path_factory.mktemp("published") / "out"
    publish_state(template, out, 1)
    shutil.copy(manifest_of(out), out / "first.json")
    publish_state(template, out, 2)
    return out


@pytest.fixture
def store(published: Path, tmp_path: Path) -> Iterator[PublishedStore]:
    """A store that serves state 1."""
    store = PublishedStore(tmp_path / "nextplay.sqlite3")
    store.upgrade()
    bring(store, published / "first.json")
    yield store
    store.close()


def bring(store: PublishedStore, manifest: Path) -> None:
    look(LookRequest(str(manifest), store.file), SilentProgress())


def spoil(file: Path) -> None:
    """Damage every page but the first ones, which say what is in the file."""
    file.chmod(0o600)
    size = file.stat().st_size
    with file.open("r+b") as content:
        content.seek(65_536)
        content.write(b"\xff" * (size - 65_536))


def read_every_game(store: PublishedStore) -> None:
    with store.reader() as session:
        session.execute(text("SELECT sum(length(title)), sum(length(publisher)) FROM games")).all()


def test_a_question_under_way_goes_on_from_the_store_that_it_began_with(
    store: PublishedStore, published: Path
) -> None:
    with store.reader() as session:
        before = queries.game(session, GAME)
        bring(store, manifest_of(published))
        assert state_of(store) == 2
        assert queries.game(session, GAME) == before


def test_the_change_token_tells_that_another_is_to_serve_before_anybody_asks(
    store: PublishedStore, published: Path
) -> None:
    before = store.change_token()
    bring(store, manifest_of(published))
    due = store.change_token()
    assert state_of(store) == 2
    assert len({before, due, store.change_token()}) == 3
    assert store.change_token() == store.change_token()


def test_machines_that_serve_the_same_store_have_the_same_token(
    store: PublishedStore, published: Path, tmp_path: Path
) -> None:
    other = PublishedStore(tmp_path / "elsewhere" / "nextplay.sqlite3")
    other.upgrade()
    bring(other, published / "first.json")
    assert state_of(other) == state_of(store)
    assert other.change_token() == store.change_token()
    other.close()


def test_another_process_of_the_machine_serves_it_too(store: PublishedStore, published: Path) -> None:
    other = PublishedStore(store.file)
    assert state_of(other) == 1
    bring(store, manifest_of(published))
    assert (state_of(other), state_of(store)) == (2, 2)
    other.close()


def test_answers_stay_whole_while_stores_change(store: PublishedStore, published: Path) -> None:
    asking = threading.Event()
    asking.set()
    found: list[int] = []
    errors: list[BaseException] = []

    def ask() -> None:
        try:
            while asking.is_set():
                found.append(state_of(store))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for manifest in [manifest_of(published), published / "first.json"] * 3:
        bring(store, manifest)
        assert state_of(store) in (1, 2)
    asking.clear()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(found) == {1, 2}


def test_one_that_proves_damaged_while_it_serves_gives_way_to_the_one_before(
    store: PublishedStore, published: Path
) -> None:
    bring(store, manifest_of(published))
    assert state_of(store) == 2
    newest = store.serving
    assert newest is not None
    spoil(store.folder.file_of(newest))
    store.files[0].close()  # what was read before is in memory
    with pytest.raises(DatabaseUnavailable):
        read_every_game(store)
    assert state_of(store) == 1
    bring(store, manifest_of(published))
    assert state_of(store) == 2, "a later look has fetched it again"


@pytest.mark.parametrize("harm", [spoil, Path.unlink])
def test_a_start_goes_back_to_the_one_before(store: PublishedStore, published: Path, harm: object) -> None:
    bring(store, manifest_of(published))
    newest, _ = store.folder.kept()
    assert callable(harm)
    harm(store.folder.file_of(newest))
    started = PublishedStore(store.file)
    assert state_of(started) == 1
    started.close()


@pytest.mark.parametrize(
    "trouble", [MemoryError(), QueryTimeout("It took too long."), DatabaseUnavailable("Too many open files.")]
)
def test_one_that_this_machine_could_not_open_is_tried_again(
    store: PublishedStore, published: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fail(_: object) -> None:
        raise trouble

    assert state_of(store) == 1
    bring(store, manifest_of(published))
    monkeypatch.setattr(serving, "_SECONDS_TO_NEXT_TRY", -1.0)
    with monkeypatch.context() as in_trouble:
        in_trouble.setattr(serving, "preload_weights", fail)
        assert state_of(store) == 1
    assert state_of(store) == 2


def test_without_any_the_question_says_why(tmp_path: Path) -> None:
    store = PublishedStore(tmp_path / "nextplay.sqlite3")
    store.upgrade()
    with pytest.raises(DatabaseMissing, match="has been fetched yet"), store.reader():
        pass
    with pytest.raises(Exception, match="There is no"):
        bring(store, tmp_path / "nothing.json")
    with (
        pytest.raises(DatabaseMissing, match=r"could be fetched yet: There is no .*nothing\.json"),
        store.reader(),
    ):
        pass


def test_nobody_writes_it(store: PublishedStore) -> None:
    with pytest.raises(NotWritten, match="only read"), store.writer():
        pass


def test_what_people_stored_stays_theirs_whichever_store_serves(
    store: PublishedStore, published: Path
) -> None:
    with store.user_data.writer() as session:
        user_data.hide_game(session, 42, 620)
    bring(store, manifest_of(published))
    assert state_of(store) == 2
    with store.user_data.reader() as session:
        assert list(user_data.hidden_games(session, 42)) == [620]


def test_lost_user_data_are_noticed(store: PublishedStore) -> None:
    with store.user_data.writer() as session:
        user_data.link(session, 42, "player")
    store.close()
    for file in store.file.parent.glob("*.people.*"):
        file.unlink()
    started = PublishedStore(store.file)
    started.upgrade()
    problem = started.user_data.problem()
    assert problem is not None
    assert "gone" in problem

"""Bytes of the file of user data changed at random: whatever is read then, nobody private is shown."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import Database, StoreError, user_data
from store.visibility import Visibility
from tests.copies import NewStore
from tests.store.user_data.conftest import BEN

pytestmark = pytest.mark.slow

PLAYERS = {1000 + number: f"private-player-{number:03d}" for number in range(90)}
PAGE = 4096


@pytest.fixture(scope="module")
def sound(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and user data of several pages, in which many keep a player private."""
    folder = tmp_path_factory.mktemp("sound")
    database = new_store(folder / "nextplay.sqlite3")
    with database.user_data.writer() as session:
        for person, player in PLAYERS.items():
            user_data.link(session, person, player)
            user_data.hide_game(session, person, 620)
        user_data.change_server_settings(session, 1, user_data.Settings("es", 42, {"*": ("game",)}))
    database.close()
    return folder


@pytest.fixture
def damaged(sound: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy to damage."""
    folder = tmp_path / "copy"
    shutil.copytree(sound, folder)
    yield folder
    shutil.rmtree(folder)


def require_nobody_is_shown(database: Database) -> None:
    """Whatever can still be read, all who keep a player private are hidden."""
    visibility = Visibility.load(database.user_data, BEN)
    assert all(visibility.hides(player) for player in PLAYERS.values())
    for read in (
        lambda session: user_data.server_settings(session, 1),
        lambda session: user_data.linked_player(session, 1000),
        lambda session: user_data.hidden_since(session, 1000),
    ):
        try:
            with database.user_data.reader() as session:
                read(session)
        except StoreError as error:
            assert str(error).endswith(".")


def require_nobody_is_shown_at_a_start(file: Path) -> None:
    database = Database(file)
    try:
        database.upgrade()
        require_nobody_is_shown(database)
        try:
            with database.user_data.writer() as session:
                user_data.link(session, BEN, "another", public=True)
        except StoreError:
            pass
        require_nobody_is_shown(database)
    finally:
        database.close()


FLIPS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=12)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=FLIPS)
def test_changed_bytes_show_nobody(sound: Path, tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(sound, folder, dirs_exist_ok=True)
    running = Database(folder / "nextplay.sqlite3")
    require_nobody_is_shown(running)
    content = bytearray(running.user_data_file.file.read_bytes())
    for place, change in flips:
        content[place % len(content)] ^= change
    with running.user_data_file.file.open("rb+") as file:
        file.write(content)
    require_nobody_is_shown(running)
    running.close()
    require_nobody_is_shown_at_a_start(running.file)


@pytest.mark.parametrize("content", ["zeros", "noise", "another page", "cut off"])
def test_whole_pages_changed_show_nobody(damaged: Path, sound: Path, content: str) -> None:
    file = damaged / "nextplay.people.sqlite3"
    size = file.stat().st_size
    chance = random.Random(content)
    for page in range(size // PAGE):
        shutil.copytree(sound, damaged, dirs_exist_ok=True)
        pages = file.read_bytes()
        wrong = {
            "zeros": bytes(PAGE),
            "noise": chance.randbytes(PAGE),
            "another page": pages[(page + 1) * PAGE % size :][:PAGE],
            "cut off": b"",
        }[content]
        after = pages[(page + 1) * PAGE :] if wrong else b""
        file.write_bytes(pages[: page * PAGE] + wrong + after)
        require_nobody_is_shown_at_a_start(damaged / "nextplay.sqlite3")


@pytest.mark.faults
def test_any_single_bit_changed_shows_nobody(damaged: Path, sound: Path) -> None:
    file = damaged / "nextplay.people.sqlite3"
    content = file.read_bytes()
    chance = random.Random(1)
    for _ in range(400):
        shutil.copytree(sound, damaged, dirs_exist_ok=True)
        place, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
        changed = content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]
        file.write_bytes(changed)
        require_nobody_is_shown_at_a_start(damaged / "nextplay.sqlite3")

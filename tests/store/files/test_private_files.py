"""Files with people's data are their owner's alone, from their first byte on."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import Database, user_data
from store.backup import backup, restore
from store.files import folders, private_files
from store.user_data.exposure import close_files, open_files

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Files are made under this umask."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.slow
@pytest.mark.usefixtures("umask")
def test_all_that_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    database = Database(tmp_path / "new" / "folder" / "nextplay.sqlite3")
    database.upgrade()
    with database.user_data.writer() as session:
        user_data.link(session, 1, "somebody")
    folder = tmp_path / "backups" / "here"
    with database.user_data.reader(), database.reader():
        made = backup(database.user_data_file, folder, keep=3)
        backup(database, folder, keep=3)
        files = [*database.file.parent.iterdir(), *folder.iterdir()]
        assert {file.name for file in files} >= {"nextplay.people.sqlite3-wal", "nextplay.people.sqlite3-shm"}
        assert {mode(file) for file in files} == {0o600}
    assert {mode(place) for place in (database.file.parent, database.file.parents[1], folder)} == {0o700}
    database.close()
    database.user_data_file.file.write_bytes(b"damaged")
    restore(database.user_data_file, made)
    database.close()
    assert {mode(file) for file in (*folder.iterdir(), database.user_data_file.file)} == {0o600}


def test_what_was_made_open_once_is_closed(tmp_path: Path, empty_files: Path) -> None:
    shutil.copytree(empty_files, tmp_path, dirs_exist_ok=True)
    database = Database(tmp_path / "nextplay.sqlite3")
    made = backup(database.user_data_file, tmp_path / "backups", keep=1)
    for file in (database.user_data_file.file, made):
        file.chmod(0o664)
    assert open_files(database.user_data_file.file, made.parent) == (database.user_data_file.file, made)
    done = close_files(database.user_data_file.file, made.parent)
    assert (done.closed, done.left_open) == ((database.user_data_file.file, made), ())
    assert mode(made) == mode(database.user_data_file.file) == 0o600
    assert open_files(database.user_data_file.file, made.parent) == ()


def test_what_is_not_ours_to_close_is_told(
    tmp_path: Path, empty_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(empty_files, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "nextplay.people.sqlite3"
    file.chmod(0o644)

    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)  # as for one who is not the owner; tests may run as root
    assert close_files(file, tmp_path / "none").left_open == (file,)


@pytest.mark.parametrize("make", [private_files.make_folder, folders.make_folder])
def test_a_file_where_a_folder_is_to_be_made_is_said_to_be_no_folder(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(NotADirectoryError):
            make(folder)

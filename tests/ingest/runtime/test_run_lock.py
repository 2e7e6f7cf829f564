"""One run at a time, and a file system without locks is said to be one."""

import errno
import fcntl
import os
from pathlib import Path

import pytest

from ingest import AlreadyRunning, IngestError, ingest
from ingest.errors import NoLocks
from ingest.runtime.run_lock import run_lock
from ingest.sources.download import RemoteFile, download
from store import Database
from tests.ingest.raw_files import RawFolder


@pytest.fixture
def no_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that answers every request for a lock with an error, as those of a network may."""

    def refuse(_file: int, _operation: int) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", refuse)


def test_a_second_run_is_refused(tmp_path: Path) -> None:
    with (
        run_lock(tmp_path / "store.sqlite3"),
        pytest.raises(AlreadyRunning, match="Another run is refreshing"),
        run_lock(tmp_path / "store.sqlite3"),
    ):
        pass


@pytest.mark.parametrize(
    "no_locks", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS], indirect=True
)
@pytest.mark.usefixtures("no_locks")
def test_a_file_system_without_locks_is_no_other_refresh(
    world: RawFolder, database: Database, tmp_path: Path
) -> None:
    with pytest.raises(NoLocks, match=r"has no working file locks \(.*\).* on a local disk\.$"):
        ingest(database, [world.path])
    with pytest.raises(NoLocks, match="has no working file locks"):
        download([RemoteFile.at("http://127.0.0.1:9/steam_games.json.gz")], tmp_path / "downloads")


def test_a_folder_in_place_of_the_lock_is_said(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite3.lock").mkdir()
    with pytest.raises(IngestError, match="cannot be written"), run_lock(tmp_path / "store.sqlite3"):
        pass

"""Sources that break off or change while they are read: nothing of them is applied, and the run says why."""

import gzip
import shutil
from pathlib import Path

import pytest

from ingest import GuardError, SourceError
from store import Database
from store.models import RunOutcome
from store.runs import SilentProgress
from tests.bot.faults.refreshes import Scene, contents, refresh, runs

FILES = ("steam_games.json.gz", "user_reviews.json.gz", "users_items.json.gz")


@pytest.fixture
def source(scene: Scene, tmp_path: Path) -> Path:
    """The newer files, for this test to spoil."""
    return Path(shutil.copytree(scene.new, tmp_path / "source"))


def refused(database: Database, source: Path, scene: Scene, error: type[Exception], words: str) -> None:
    """Refresh from a spoilt source, and see that nothing came of it but its record."""
    with pytest.raises(error, match=words) as refusal:
        refresh(database.file, source)
    assert contents(database) == scene.before
    assert runs(database)[-1] == (RunOutcome.FAILED, str(refusal.value))
    assert refresh(database.file, scene.new).outcome is RunOutcome.APPLIED
    assert contents(database) == scene.after


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("share", [0.3, 0.999])
def test_a_source_that_ends_in_the_middle_is_refused(
    scene: Scene, database: Database, source: Path, name: str, share: float
) -> None:
    file = source / name
    file.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
    refused(database, source, scene, SourceError, "ends in the middle")


@pytest.mark.parametrize("name", FILES)
def test_a_source_with_a_damaged_middle_is_refused(
    scene: Scene, database: Database, source: Path, name: str
) -> None:
    file = source / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 64] = b"\xff" * 64
    file.write_bytes(content)
    refused(database, source, scene, SourceError, "is damaged|ends in the middle")


def test_an_unpacked_source_that_lost_its_second_half_is_refused(
    scene: Scene, database: Database, source: Path
) -> None:
    packed = source / "users_items.json.gz"
    whole = gzip.decompress(packed.read_bytes())
    packed.unlink()
    (source / "users_items.json").write_bytes(whole[: len(whole) // 2])
    refused(database, source, scene, GuardError, "owned games where the last run had")


class Meddler(SilentProgress):
    """Writes into a file while it is read."""

    def __init__(self, file: Path, stage: str) -> None:
        self._file = file
        self._stage = stage
        self._is_here = False

    def start(self, stage: str, total: int | None, unit: str) -> None:
        self._is_here = stage == self._stage

    def advance(self, n: int, rows: int = 0) -> None:
        if self._is_here:
            self._is_here = False
            with self._file.open("ab") as file:
                file.write(gzip.compress(b"{'user_id': 'late', 'items': []}\n"))


@pytest.mark.parametrize(("name", "stage"), [(FILES[1], "Reading reviews"), (FILES[2], "Reading items")])
def test_a_file_that_changes_while_it_is_read_is_refused(
    scene: Scene, database: Database, source: Path, name: str, stage: str
) -> None:
    with pytest.raises(SourceError, match="changed while it was read") as refusal:
        refresh(database.file, source, Meddler(source / name, stage))
    assert contents(database) == scene.before
    assert runs(database)[-1] == (RunOutcome.FAILED, str(refusal.value))
    shutil.copytree(scene.new, source, dirs_exist_ok=True)
    assert refresh(database.file, source).outcome is RunOutcome.APPLIED
    assert contents(database) == scene.after

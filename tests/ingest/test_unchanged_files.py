"""Files that have not changed are known as such, and not read again."""

import os
import time
from pathlib import Path

import pytest

from ingest import (
    IngestSettings,
    ingest,
)
from ingest.sources.files import checksum
from store import Database
from store.models import (
    RunOutcome,
)
from tests.ingest.raw_files import RawFolder
from tests.ingest.recorded_runs import outcomes
from tests.ingest.test_runs_that_fail import Stages

pytestmark = pytest.mark.slow


def test_unchanged_files_are_recognised_by_content(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    os.utime(world.files["items"], ns=(1, 1))
    stages = Stages()
    report = ingest(database, [world.path], progress=stages)
    assert report.outcome is RunOutcome.UNCHANGED
    assert stages.seen == []
    assert report.counts["reviews"] == 3
    assert outcomes(database) == [RunOutcome.APPLIED, RunOutcome.UNCHANGED]


def aged(file: Path, *, days_old: float) -> None:
    """Make it look as if the file had last changed so many days ago."""
    at = int((time.time() - days_old * 86_400) * 1e9)
    os.utime(file, ns=(at, at))


def test_a_file_whose_size_and_time_of_change_are_the_same_is_not_read_again(
    world: RawFolder, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in world.files.values():
        aged(file, days_old=1)
    ingest(database, [world.path])
    read: list[Path] = []
    monkeypatch.setattr("ingest.sources.steam_files.unchanged.checksum", read.append)
    assert ingest(database, [world.path]).outcome is RunOutcome.UNCHANGED
    assert read == []


def test_a_file_touched_since_is_compared_by_content_once(
    world: RawFolder, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in world.files.values():
        aged(file, days_old=2)
    ingest(database, [world.path])
    aged(world.files["items"], days_old=1)
    read: list[Path] = []

    def counted(file: Path) -> str:
        read.append(file)
        return checksum(file)

    monkeypatch.setattr("ingest.sources.steam_files.unchanged.checksum", counted)
    for _again in range(2):
        assert ingest(database, [world.path]).outcome is RunOutcome.UNCHANGED
    assert read == [world.files["items"]]


def test_a_file_that_was_new_when_it_was_read_is_looked_at_again(
    world: RawFolder, database: Database
) -> None:
    """Within one tick of a file's clock it may have changed once more, unseen."""
    at = time.time_ns()
    for file in world.files.values():
        os.utime(file, ns=(at, at))
    ingest(database, [world.path])
    content = bytearray(world.files["items"].read_bytes())
    content[4] ^= 1  # the time in gzip's header, which changes no line
    world.files["items"].write_bytes(content)
    os.utime(world.files["items"], ns=(at, at))
    assert ingest(database, [world.path]).outcome is RunOutcome.APPLIED


def test_other_rules_make_unchanged_files_be_read_again(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    report = ingest(database, [world.path], settings=IngestSettings(crawl_year=2017))
    assert report.outcome is RunOutcome.APPLIED
    assert report.changes.reviews.changed == 1

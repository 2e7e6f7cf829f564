"""The doctor looks at the settings and at both database files, and says what is wrong with which."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.doctor.examine import examine
from bot.findings import Finding, Severity
from bot.settings import Settings
from bot.shards.reports import ShardReports
from commands.core.services.shard_reports import ShardReport, ShardState
from ingest.runtime.run_lock import run_lock
from store import Database
from store.files.refill import require_refill
from tests.copies import NewStore
from tests.store.builder import SmallStore


@pytest.fixture
def settings(new_store: NewStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a store with one game, which lies in a folder of its own."""
    monkeypatch.delenv("NEXTPLAY_TESTS_NO_SKIPS", raising=False)  # no setting, and doctor says so
    monkeypatch.chdir(tmp_path)
    database = new_store(tmp_path / "store.sqlite3")
    with SmallStore(database).fill() as b:
        b.game(400, "Portal")
    database.close()
    return Settings(_env_file=None, database=tmp_path / "store.sqlite3")


def findings(settings: Settings, subject: str) -> list[Finding]:
    return [finding for finding in examine(settings) if finding.subject == subject]


def execute(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def zero_a_page(file: Path) -> None:
    execute(file, "PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(bytes(4096))


def user_data_of(settings: Settings) -> Path:
    return Database(settings.database).user_data_file.file


def test_a_setting_that_stands_twice_in_the_file_is_told(settings: Settings) -> None:
    Path(".env").write_text("NEXTPLAY_LOG_LEVEL=info\nNEXTPLAY_LOG_LEVEL=debug\n")
    (found,) = findings(settings, "settings")
    assert found.severity is Severity.WARNING
    assert ".env sets NEXTPLAY_LOG_LEVEL in lines 1, 2, of which the last counts" in found.text


def test_the_shards_of_each_process_are_told_of(settings: Settings) -> None:
    reports = ShardReports(settings.database.with_suffix(".shards"))
    now = datetime.now(UTC)
    for first, connected, at in ((0, True, now), (2, False, now), (4, True, now - timedelta(minutes=3))):
        shards = tuple(ShardState(first + n, connected or n == 0, None, 600 + n) for n in (0, 1))
        reports.write(ShardReport(shards, 6, is_leader=first == 0, at=at))
    assert [(finding.severity, finding.text) for finding in findings(settings, "shards")] == [
        (
            Severity.GOOD,
            "0 to 1 of 6: connected, by the process that keeps the schedule; 1,201 commands since the start.",
        ),
        (Severity.WARNING, "2 to 3 of 6: not connected is 3; the log of their process says why."),
        (Severity.WARNING, "4 to 5 of 6: their process has said nothing for 3 minutes; start it again."),
    ]


def test_two_sound_files_that_can_be_written_are_well(settings: Settings) -> None:
    for subject in ("store", "user data"):
        (finding,) = findings(settings, subject)
        assert (finding.severity, finding.text.split(" is ", 1)[1]) == (
            Severity.GOOD,
            "sound and can be written.",
        )


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "of a newer version": (
        lambda file: execute(file, "UPDATE alembic_version SET version_num = '9999'"),
        "newer version",
    ),
    "of an older version": (
        lambda file: execute(file, "UPDATE alembic_version SET version_num = '0001'"),
        "older version",
    ),
    "without its version": (lambda file: execute(file, "DELETE FROM alembic_version"), "does not say"),
    "no database": (lambda file: file.write_bytes(b"no database" * 1000), "not a usable database"),
    "empty": (lambda file: file.write_bytes(b""), "is empty"),
    "damaged": (zero_a_page, "damage|malformed|not a usable database"),
}


# There has been one version of user data.
FAULTY = [
    (fault, subject)
    for fault in FAULTS
    for subject in ("store", "user data")
    if (fault, subject) != ("of an older version", "user data")
]


@pytest.mark.parametrize(("fault", "subject"), FAULTY)
def test_what_is_wrong_with_a_file_is_said_of_that_file(settings: Settings, fault: str, subject: str) -> None:
    file = settings.database if subject == "store" else user_data_of(settings)
    spoil, said = FAULTS[fault]
    spoil(file)
    (finding,) = findings(settings, subject)
    assert finding.is_failure
    assert str(file) in finding.text
    assert any(words in finding.text for words in said.split("|"))


def test_a_file_that_another_process_writes_is_not_ill(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        (finding,) = findings(settings, "store")
    assert finding.severity is Severity.GOOD
    assert "Another process is writing" in finding.text


def test_the_lock_of_a_refresh_is_told(settings: Settings) -> None:
    with run_lock(settings.database):
        (finding,) = findings(settings, "lock")
    assert "A refresh is running" in finding.text


def test_a_lock_that_cannot_be_written_is_a_failure(settings: Settings) -> None:
    settings.database.with_name(f"{settings.database.name}.lock").mkdir()
    (finding,) = findings(settings, "lock")
    assert finding.is_failure


def test_tables_that_wait_for_a_refresh_are_told(settings: Settings) -> None:
    database = Database(settings.database)
    with database.writer() as session:
        session.execute(
            text(
                "INSERT INTO refresh_runs"
                " (action, started_by, started_at, outcome, generated, counts, seconds)"
                " VALUES ('refresh', 'schedule', '2018-01-04 04:30:00', 'applied', 0, '{}', '{}')"
            )
        )
        require_refill(session.connection())
    database.close()
    assert any("`nextplay refresh` fills them" in finding.text for finding in findings(settings, "data"))


def test_a_variable_that_is_no_setting_is_told_without_its_value(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXTPLAY_DATABSE", "secret.sqlite3")
    (finding,) = findings(settings, "settings")
    assert finding.text == "NEXTPLAY_DATABSE is no setting; NEXTPLAY_DATABASE is."


def test_a_time_zone_of_the_machine_that_is_none_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Madird")
    (finding,) = findings(settings, "next run")
    assert finding.is_failure
    assert "Europe/Madrid" in finding.text

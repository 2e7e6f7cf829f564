"""Runs by whose names a backup is known, and what is done to the files they are in."""

import random
import signal
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from store import Database
from store.models import RefreshRun, Reject, RunOutcome

MONDAY = datetime(2026, 4, 20, 4, 30, tzinfo=UTC)


def add_run(database: Database, name: str, *, rejects: int = 0) -> None:
    """Record a run and, in the same transaction, as many rejects of it (300 bytes each)."""
    with database.writer() as session:
        run = RefreshRun(
            action="refresh",
            started_by=name,
            started_at=MONDAY,
            outcome=RunOutcome.APPLIED,
            generated=False,
            counts={},
            seconds={},
        )
        session.add(run)
        session.flush()
        row = {"run_id": run.id, "file": name, "line": 1, "reason": "x" * 100, "excerpt": "y" * 200}
        if rejects:
            session.execute(insert(Reject), [row] * rejects)


def runs(database: Database | Path) -> list[str]:
    """Return the names of the runs in a store or a backup, checking that the file is sound."""
    opened = database if isinstance(database, Database) else Database(database)
    try:
        with opened.reader() as session:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            return list(session.scalars(select(RefreshRun.started_by).order_by(RefreshRun.id)))
    finally:
        if opened is not database:
            opened.close()


def in_a_process_of_its_own(body: str, *, file_limit: int | None = None) -> subprocess.Popen[str]:
    """Start Python on `body`, with the names it needs; no file may outgrow `file_limit` bytes."""
    script = """
        import resource
        from pathlib import Path
        from store import Database, NextplayError
        from store.backup import backup, restore
    """
    if file_limit is not None:
        script += f"""
        resource.setrlimit(resource.RLIMIT_FSIZE, ({file_limit}, {file_limit}))
        """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script) + textwrap.dedent(body)],
        stdout=subprocess.PIPE,
        text=True,
    )


def damage_pages(database: Database) -> None:
    """Overwrite all pages but the first."""
    database.close()
    with database.file.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xa5" * (database.file.stat().st_size - 4096))


def kill_after_it_is_ready(process: subprocess.Popen[str]) -> None:
    """Kill the process between 0 and 0.4 s after it has said a line."""
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.uniform(0, 0.4))
    process.send_signal(signal.SIGKILL)
    process.communicate()

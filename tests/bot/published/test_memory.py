"""512 MB are enough for a bot that serves a published store, with its charts and while it fetches another."""

import shutil
from pathlib import Path

import pytest

from benchmarks.small_host import serve_within
from store import Database
from tools.memory_limit import NoLimit, memory_limit


@pytest.mark.faults
async def test_half_a_gigabyte_is_enough(real_store: Database, tmp_path: Path) -> None:
    copy = Database(shutil.copy(real_store.file, tmp_path / "nextplay.sqlite3"))
    try:
        with memory_limit(512 << 20) as limit:
            served = await serve_within(copy, tmp_path, limit, people=5)
    except NoLimit as reason:
        pytest.skip(f"needs a control group: {reason}")
    assert served.failed == ()
    assert served.kills == 0
    assert 50 < served.peak_mb < 512

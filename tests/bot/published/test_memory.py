"""512 MB are enough for a bot that serves a published store, with its charts and while it fetches another."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.small_host import serve_within
from store import Database
from tools.memory_limit import MemoryLimit, MemoryWatch, NoLimit, memory_limit, memory_watch


@contextmanager
def limited(folder: Path) -> Iterator[MemoryLimit | MemoryWatch]:
    """Limit the memory, or watch it where this machine lets nobody make a control group."""
    try:
        with memory_limit(512 << 20) as limit:
            yield limit
            return
    except NoLimit:
        pass
    with memory_watch(folder / "process") as watch:
        yield watch


@pytest.mark.faults
async def test_half_a_gigabyte_is_enough(real_store: Database, tmp_path: Path) -> None:
    copy = Database(shutil.copy(real_store.file, tmp_path / "nextplay.sqlite3"))
    with limited(tmp_path) as limit:
        served = await serve_within(copy, tmp_path, limit, people=5)
    assert served.failed == ()
    assert served.kills == 0
    assert 50 < served.peak_mb < 512

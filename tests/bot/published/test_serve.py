"""A look that cannot speak for itself any more is told of all the same."""

import sys
from pathlib import Path

import pytest

from bot.published import serve
from bot.published.folder import PublishedFolder
from bot.settings import Settings

DIES = (sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")


async def test_a_look_whose_process_was_killed_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(_env_file=None, database=tmp_path / "nextplay.sqlite3", store=str(tmp_path / "out"))
    folder = PublishedFolder(settings.database)
    folder.make()
    monkeypatch.setattr(serve, "_COMMAND", DIES)
    await (await serve.looker(settings).start("schedule")).result()
    last = folder.last_look()
    assert last is not None
    assert last.problem is not None
    assert "was killed" in last.problem

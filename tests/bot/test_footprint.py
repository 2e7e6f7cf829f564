"""Processes stay small, and start fast: what they do not use they do not load."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from bot.gc_tuning import return_free_memory
from store import Database
from tests.copies import copy_of

# What only ingest, training and the demo use.
UNSERVED = ("pandas", "scipy", "sklearn", "nltk", "matplotlib", "ingest", "recommender", "playground")
# What takes long to load, and only other commands use, or a refresh that has something to do.
UNUSED = (
    *("numpy", "pandas", "scipy", "sklearn", "nltk", "matplotlib", "recommender", "playground"),
    *("discord", "aiohttp", "fastapi", "httpx", "fsspec", "psycopg", "alembic"),
    *("rich", "rapidfuzz", "limits", "babel", "jinja2", "api.app", "charts", "commands", "localization"),
    *("store.queries", "store.results", "store.scoring", "store.names"),
    *("ingest.stage", "ingest.apply", "ingest.clean", "ingest.load", "ingest.summarize", "ingest.score"),
)
# What commands do their work with, of which their help needs nothing.
NOT_FOR_HELP = (
    *("sqlalchemy", "pydantic", "discord", "numpy"),
    *("api", "ingest", "recommender", "report", "spark", "store"),
)


@pytest.mark.slow
def test_serving_loads_none_of_the_heavy_libraries() -> None:
    assert loaded_of(UNSERVED, "import bot.serving") == ""


def test_a_refresh_that_finds_nothing_new_loads_only_what_finds_that_out(
    sample_store: Database, sample_data: Path, tmp_path: Path
) -> None:
    store = copy_of(sample_store, tmp_path / "nextplay.sqlite3")
    store.close()
    script = f"from bot.cli.app import app; app(['refresh', {str(sample_data)!r}], standalone_mode=False)"
    said, _, loaded = loaded_of(UNUSED, script, NEXTPLAY_DATABASE=str(store.file)).rpartition("\n")
    assert "have not changed" in said
    assert loaded == ""


def test_help_loads_nothing_of_what_commands_do() -> None:
    script = "from bot.cli.app import app; app(['--help'], standalone_mode=False)"
    assert loaded_of(NOT_FOR_HELP, script).rpartition("\n")[2] == ""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is for the GNU C library")
def test_what_is_free_goes_back_to_the_system_though_something_behind_it_is_kept() -> None:
    blocks = [bytes(2_000) for _ in range(20_000)]
    last = blocks.pop()
    blocks.clear()
    before = resident_bytes()
    return_free_memory()
    assert resident_bytes() < before - 20_000_000
    assert len(last) == 2_000


def resident_bytes() -> int:
    """Return how much memory this process takes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def loaded_of(modules: tuple[str, ...], script: str, **variables: str) -> str:
    """Run a script in a process; return what it said, and in the last line which of these it has loaded."""
    script += f"\nimport sys; print(*sorted(set({modules}) & set(sys.modules)))"
    command = [sys.executable, "-c", script]
    result = subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    return result.stdout.removesuffix("\n")

"""What all tests share: the real files, and stores filled from them and from the generated sample.

A test that needs something the machine may lack is skipped with the reason; with `NEXTPLAY_TESTS_NO_SKIPS`
set, a skipped test fails the run.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest
import recommender
from ingest.sample import write_sample
from store import Database

pytest_plugins = ["playground.pytest_plugin"]

_SHARED = Path(__file__).parents[2] / "shared"


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NEXTPLAY_TESTS_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped where none may be.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _folder(name: str, variable: str) -> Path:
    folder = Path(os.environ.get(variable, _SHARED / name))
    if not folder.is_dir():
        pytest.skip(f"needs {folder}; set {variable} to a folder that has these files")
    return folder


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of the real Steam files."""
    return _folder("steam", "NEXTPLAY_REAL_DATA")


@pytest.fixture(scope="session")
def discord_api() -> Path:
    """Discord's own description of its HTTP API."""
    return _folder("discord", "NEXTPLAY_DISCORD_API") / "openapi.json"


@pytest.fixture(scope="session")
def real_store(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The three real files, ingested and trained on once for all tests. Read only."""
    files = ("steam_games_literal.json.gz", "user_reviews.json.gz", "users_items.json.gz")
    yield from _filled([real_data / name for name in files], tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of generated sample files."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


@pytest.fixture(scope="session")
def sample_store(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The generated sample, ingested and trained on once for all tests. Read only."""
    yield from _filled([sample_data], tmp_path_factory.mktemp("store"))


def _filled(locations: list[Path], folder: Path) -> Iterator[Database]:
    database = Database(folder / "nextplay.sqlite3")
    ingest.ingest(database, locations, train=recommender.train)
    yield database
    database.close()

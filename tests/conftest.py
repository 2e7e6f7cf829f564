"""What all tests share: the real files, stores filled from them and from the generated sample, and markers.

A test that needs something the machine may lack is skipped with the reason; with `NEXTPLAY_TESTS_NO_SKIPS`
set, a skipped test fails the run. `tests/README.md` describes the markers.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import ingest
import recommender
from ingest.sample import write_sample
from store import Database

pytest_plugins = ["playground.pytest_plugin"]

# No test judges by time, on a busy machine least of all. `make check` chooses the quick profile.
settings.register_profile("thorough", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20)
settings.load_profile("thorough")

_SHARED = Path(__file__).parents[2] / "shared"

# The marker of whatever uses a fixture.
_MARKER_OF_FIXTURE = {
    "real_data": "real_data",
    "discord_api": "discord_api",
    # A Discord on loopback, and clients that connect to it over sockets.
    "local_discord": "slow",
    # The sample has to be ingested and trained on first.
    "sample_store": "slow",
    # The wheel, built and installed.
    "installed": "slow",
}
_TAKES_LONG = ("slow", "faults", "browser", "real_data")
_LONG_TEST_SECONDS = 600


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, marker in _MARKER_OF_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
        if "faults" in item.path.parts:
            item.add_marker("faults")
        if any(item.get_closest_marker(marker) for marker in _TAKES_LONG):
            item.add_marker(pytest.mark.timeout(_LONG_TEST_SECONDS))


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
def empty_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of database files that have their tables and nothing in them, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    database = Database(folder / "nextplay.sqlite3")
    database.upgrade()
    database.close()
    return folder


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

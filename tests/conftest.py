"""What all tests share: the real files, stores filled from them and from the generated sample, and markers.

A test that needs something the machine may lack is skipped with the reason; with `NEXTPLAY_TESTS_NO_SKIPS`
set, a skipped test fails the run. `tests/README.md` describes the markers.
"""

import gc
import os
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import ingest
import recommender
from ingest.sample import write_sample
from store import Database
from store.dialect.sqlite import engines
from tests.copies import NewStore, copy_of
from tests.postgres import is_on_a_server, own_postgres, place, postgres, postgres_template
from tests.real_records import real_records
from tests.side_by_side import made_once, take_turns

__all__ = ["own_postgres", "place", "postgres", "postgres_template", "real_records"]

pytest_plugins = ["playground.pytest_plugin", "tests.only_loopback"]

# No test judges by time, on a busy machine least of all. `make check` chooses the quick profile; whoever
# looks for faults in one part chooses the exhaustive one.
settings.register_profile(
    "thorough", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", settings.get_profile("thorough"), max_examples=20)
settings.register_profile("exhaustive", settings.get_profile("thorough"), max_examples=1000)
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
    # All of its files, read back line by line.
    "sample": "slow",
    # The wheel, built and installed.
    "installed": "slow",
    # A server, started for the tests of a process or for one.
    "postgres": "slow",
    "own_postgres": "slow",
    "needs_spark": "spark",
}
_TAKES_LONG = ("slow", "faults", "browser", "real_data")
_LONG_TEST_SECONDS = 600
# What begins first, or one process would be left with a test of minutes at the end.
_BEGIN_FIRST = ("spark", "real_data", "faults")


def pytest_configure(config: pytest.Config) -> None:
    take_turns(config)
    # What a test stores need outlive its processes, never the machine: most tests would wait for the disk.
    engines.SYNCHRONOUS = "OFF"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without looking for garbage: what is made then stays until the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, marker in _MARKER_OF_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
        if isinstance(item, pytest.Function) and is_on_a_server(item):
            item.add_marker("slow")
        if "faults" in item.path.parts:
            item.add_marker("faults")
        if any(item.get_closest_marker(marker) for marker in _TAKES_LONG):
            item.add_marker(pytest.mark.timeout(_LONG_TEST_SECONDS))
    _put_longest_first(items)


def _put_longest_first(items: list[pytest.Item]) -> None:
    """Sort modules, whose tests share fixtures, by the longest kind of test in each."""
    ranks: dict[Path, int] = {}
    for item in items:
        kinds = [rank for rank, kind in enumerate(_BEGIN_FIRST) if item.get_closest_marker(kind)]
        ranks[item.path] = min(ranks.get(item.path, len(_BEGIN_FIRST)), *kinds, len(_BEGIN_FIRST))
    items.sort(key=lambda item: ranks[item.path])


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
    fill = partial(_fill, locations=[real_data / name for name in files])
    yield from _store_in(made_once(tmp_path_factory, "real-store", fill))


@pytest.fixture(scope="session")
def empty_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of database files that have their tables and nothing in them, to be copied."""
    return made_once(tmp_path_factory, "empty-store", _create_tables)


@pytest.fixture(scope="session")
def new_store(empty_files: Path) -> NewStore:
    """Makes stores that have their tables and nothing in them."""
    return partial(copy_of, Database(empty_files / "nextplay.sqlite3"))


@pytest.fixture
def empty_store(new_store: NewStore, tmp_path: Path) -> Iterator[Database]:
    """A store that has its tables and nothing in them."""
    database = new_store(tmp_path / "nextplay.sqlite3")
    yield database
    database.close()


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of generated sample files."""
    return made_once(tmp_path_factory, "sample", _write_sample)


@pytest.fixture(scope="session")
def sample_store(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The generated sample, ingested and trained on once for all tests. Read only."""
    yield from _store_in(made_once(tmp_path_factory, "sample-store", partial(_fill, locations=[sample_data])))


def _create_tables(folder: Path) -> None:
    database = Database(folder / "nextplay.sqlite3")
    database.upgrade()
    database.close()


def _write_sample(folder: Path) -> None:
    write_sample(folder)


def _fill(folder: Path, locations: list[Path]) -> None:
    database = Database(folder / "nextplay.sqlite3")
    database.upgrade()  # user data, too
    ingest.ingest(database, locations, train=recommender.train)
    database.close()


def _store_in(folder: Path) -> Iterator[Database]:
    database = Database(folder / "nextplay.sqlite3")
    yield database
    database.close()

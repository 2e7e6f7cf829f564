"""One scene for all faults, copied for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database
from tests.bot.faults.refreshes import Scene, make_scene


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A filled store and the newer files that it is to be refreshed from. Read only."""
    return make_scene(tmp_path_factory.mktemp("scene"))


@pytest.fixture
def database(scene: Scene, tmp_path: Path) -> Iterator[Database]:
    """The filled store of the scene, for this test alone."""
    database = scene.copy_to(tmp_path / "store")
    yield database
    database.close()

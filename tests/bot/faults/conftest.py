"""One scene for all faults, copied for each."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database
from tests.bot.faults.disks import SmallDisk
from tests.bot.faults.refreshes import Scene, read_scene, write_scene
from tests.side_by_side import made_once


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A filled store and the newer files that it is to be refreshed from. Read only."""
    return read_scene(made_once(tmp_path_factory, "scene", write_scene))


@pytest.fixture
def database(scene: Scene, tmp_path: Path) -> Iterator[Database]:
    """A copy of the filled store, for this test only."""
    database = scene.copy_to(tmp_path / "store")
    yield database
    database.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A small disk in memory; only some may make one, elsewhere the limit on files below stands for it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "nextplay-test", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield SmallDisk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)

"""A small disk, to be filled up or made read-only."""

import shutil
import subprocess
from pathlib import Path


class SmallDisk:
    """A disk of its own, on which only so much room is left as a test says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def leave(self, size: int) -> None:
        """Fill it up to the last `size` bytes."""
        free = shutil.disk_usage(self.folder).free
        with self._filler.open("wb") as file:
            for _ in range(max(free - size, 0) // 4096):
                file.write(b"\0" * 4096)

    def make_room(self) -> None:
        self._filler.unlink()

    def make_read_only(self, *, read_only: bool = True) -> None:
        """Have it take no writes at all, or take them again."""
        option = "remount,ro" if read_only else "remount,rw"
        subprocess.run(["mount", "-o", option, str(self.folder)], check=True)

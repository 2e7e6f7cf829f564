"""What tests need that run side by side, in the processes of pytest-xdist.

What takes seconds to make is made once, by the process that needs it first. A test marked `alone` runs while
no other process runs one.
"""

import fcntl
import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

_IS_ONE_OF_SEVERAL = "PYTEST_XDIST_WORKER" in os.environ


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that `make` filled in whichever process asked for `name` first. Read only."""
    root = factory.getbasetemp()
    if _IS_ONE_OF_SEVERAL:
        root = root.parent  # that of all processes
    folder = root / name
    with FileLock(root / f"{name}.lock"):
        if not folder.exists():
            unfinished = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=root))
            make(unfinished)
            unfinished.rename(folder)
    return folder


def take_turns(config: pytest.Config) -> None:
    """Let no other process run a test while an exclusive one runs."""
    if _IS_ONE_OF_SEVERAL:
        config.pluginmanager.register(_Turns(Path(config.getoption("basetemp")).parent))


class _Turns:
    """Lets tests run at the same time, and those marked `alone` by themselves."""

    def __init__(self, folder: Path) -> None:
        self._running = folder / "running"
        # Held while waiting to begin: no other test begins before an exclusive one that waits.
        self._next = folder / "next"

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Run the test in its turn. Waiting is outside the time that pytest-timeout allows."""
        alone = item.get_closest_marker("alone") is not None
        with ExitStack() as turn:
            with _locked(self._next, fcntl.LOCK_EX):
                turn.enter_context(_locked(self._running, fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
            return (yield)


@contextmanager
def _locked(path: Path, kind: int) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, kind)
        try:
            yield
        finally:
            # Closing alone would leave it to a child that was forked meanwhile.
            fcntl.flock(file, fcntl.LOCK_UN)

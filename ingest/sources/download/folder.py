"""Bringing several files into a folder."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from ingest.runtime.run_lock import held
from ingest.sources.download.addresses import RemoteFile
from ingest.sources.download.errors import DownloadError, not_saved
from ingest.sources.download.exchange import Host
from ingest.sources.download.report import DownloadReport
from ingest.sources.download.settings import Clock, DownloadSettings, SystemClock
from ingest.sources.download.state import FolderState
from ingest.sources.download.transfer import Transfer
from store.runs import Progress, SilentProgress

LOCK = ".download.lock"


def download(
    sources: Sequence[RemoteFile],
    folder: Path,
    *,
    progress: Progress | None = None,
    settings: DownloadSettings | None = None,
    clock: Clock | None = None,
) -> DownloadReport:
    """Bring each of `sources` into `folder`, one after the other; those that are there already stay.

    A file gets its name only when it is complete, checked and on the disk. What has arrived of one that
    breaks off stays in `<name>.part`, and the next call goes on from there as long as the host still has the
    same version. A file whose SHA-256 is known and matches is not asked for at all; of any other the host is
    asked whether it has changed. `progress` follows each file in bytes, and may raise to stop.

    Raises:
        DownloadError: At the first file that cannot be had.
        ValueError: If two have the same name.
    """
    names = [remote.name for remote in sources]
    if len(set(names)) != len(names):
        raise ValueError(f"two files would get the same name: {', '.join(names)}")
    settings, clock, progress = (
        settings or DownloadSettings(),
        clock or SystemClock(),
        progress or SilentProgress(),
    )
    timeout = httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds)
    # The bytes are saved as they come, so they must not be compressed for the transfer.
    headers = {"Accept-Encoding": "identity", "User-Agent": "nextplay"}
    with _state_of(folder) as state, httpx.Client(timeout=timeout, headers=headers) as client:
        host = Host(client, settings, clock)
        return DownloadReport(tuple(Transfer(remote, state, host, progress).run() for remote in sources))


@contextmanager
def _state_of(folder: Path) -> Iterator[FolderState]:
    """Make the folder if need be, keep other downloads out of it and recall what is in it."""
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not stack.enter_context(held(folder / LOCK)):
                raise DownloadError(f"Another download into {folder} is under way; wait until it has ended.")
            state = FolderState(folder)
        except OSError as error:
            raise not_saved("The download", folder, error) from error
        yield state

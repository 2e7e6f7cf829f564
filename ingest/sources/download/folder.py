"""Bringing several files into a folder."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from ingest.runtime.run_lock import held
from ingest.sources.download.addresses import RemoteFile
from ingest.sources.download.connection import IsPublic, is_public
from ingest.sources.download.errors import DownloadError, not_saved
from ingest.sources.download.exchange import Host
from ingest.sources.download.logs import secrets_kept_from_logs
from ingest.sources.download.report import DownloadReport
from ingest.sources.download.settings import Clock, DownloadSettings, SystemClock
from ingest.sources.download.state import FolderState
from ingest.sources.download.transfer import Transfer
from store.files.folders import make_folder
from store.runs import Progress, SilentProgress

LOCK = ".download.lock"


def download(
    sources: Sequence[RemoteFile],
    folder: Path,
    *,
    progress: Progress | None = None,
    settings: DownloadSettings | None = None,
    clock: Clock | None = None,
    is_public: IsPublic = is_public,
) -> DownloadReport:
    """Bring each of `sources` into `folder`, one after the other; those that are there already stay.

    A file gets its name only when it is complete, checked and on the disk. What has arrived of one that
    breaks off stays in `<name>.part`, and the next call goes on from there as long as the host still has the
    same version. A file whose SHA-256 is known and matches is not asked for at all; of any other the host is
    asked whether it has changed. `progress` follows each file in bytes, and may raise to stop. A redirect
    from a host that `is_public` to one that is not is refused.

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
    # The bytes are saved as they come, so they must not be compressed for the transfer.
    with _state_of(folder) as state, secrets_kept_from_logs(), client_of(settings, "identity") as client:
        host = Host(client, settings, clock, is_public)
        return DownloadReport(tuple(Transfer(remote, state, host, progress).run() for remote in sources))


def client_of(settings: DownloadSettings, encoding: str) -> httpx.Client:
    """Return a client for `Host`, which asks for bodies in `encoding`.

    Raises:
        DownloadError: The machine's settings for proxies or certificates cannot be used.
    """
    try:
        return httpx.Client(
            timeout=httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds),
            headers={"Accept-Encoding": encoding, "User-Agent": "nextplay"},
            # Every request has a connection of its own, so that none escapes the look at whom it leads to.
            limits=httpx.Limits(max_keepalive_connections=0),
        )
    except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
        # The message would show the proxy's password.
        raise DownloadError(
            "This machine's settings for proxies or certificates cannot be used; check HTTP_PROXY,"
            " HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE."
        ) from error


@contextmanager
def _state_of(folder: Path) -> Iterator[FolderState]:
    """Make the folder if need be, keep other downloads out of it and recall what is in it."""
    with ExitStack() as stack:
        try:
            make_folder(folder)
            if not stack.enter_context(held(folder / LOCK)):
                raise DownloadError(f"Another download into {folder} is under way; wait until it has ended.")
            state = FolderState(folder)
        except OSError as error:
            raise not_saved("The download", folder, error) from error
        yield state

"""Turning the source that an admin has set, on this machine or elsewhere, into local files."""

from collections.abc import Sequence
from pathlib import Path

from ingest.sources.address import at_home, is_address
from ingest.sources.download.addresses import PUBLISHED, PUBLISHED_BASE, RemoteFile, parsed
from ingest.sources.download.connection import IsPublic, is_public
from ingest.sources.download.errors import DownloadError
from ingest.sources.download.folder import download
from ingest.sources.download.settings import Clock, DownloadSettings
from ingest.sources.files.names import is_data_name
from store.runs import Progress


def remote_files(address: str) -> tuple[RemoteFile, ...]:
    """Return what an address stands for: one file (`.json.gz` or the like), or the three below a folder."""
    if is_data_name(parsed(address).path.rpartition("/")[2]):
        return (RemoteFile.at(address),)
    folder, mark, query = address.partition("?")
    base = folder.rstrip("/") + "/"
    if base == PUBLISHED_BASE:
        return PUBLISHED
    return tuple(RemoteFile(base + file.name + mark + query, file.name) for file in PUBLISHED)


def resolve(
    sources: Sequence[str],
    cache: Path,
    *,
    progress: Progress | None = None,
    settings: DownloadSettings | None = None,
    clock: Clock | None = None,
    is_public: IsPublic = is_public,
) -> tuple[Path, ...]:
    """Return local paths for `sources`, in their order: folders, files, or http(s) addresses of either.

    What is elsewhere is downloaded into the folder `cache` first, unless it is there already and unchanged.
    Whether local paths exist is left to who reads them.

    Raises:
        DownloadError: If an address cannot be used, or two files of the same name come from two addresses.
    """
    wanted = [remote_files(source) if is_address(source) else () for source in sources]
    remotes = list(dict.fromkeys(remote for files in wanted for remote in files))
    by_name = {remote.name: remote for remote in remotes}
    for remote in remotes:
        if by_name[remote.name] is not remote:
            raise DownloadError(f"Two of the addresses end in {remote.name}; name each file once.")
    if remotes:
        download(remotes, cache, progress=progress, settings=settings, clock=clock, is_public=is_public)
    return tuple(
        path
        for source, files in zip(sources, wanted, strict=True)
        for path in ([cache / remote.name for remote in files] or [at_home(source)])
    )

"""Fetching the raw files: the published originals, or whatever addresses an admin has set.

>>> from ingest.sources.download import PUBLISHED, download
>>> from ingest.runtime.progress import RichProgress
>>> with RichProgress() as progress:
...     report = download(PUBLISHED, Path("data/source"), progress=progress)
"""

from ingest.sources.download.addresses import PUBLISHED, RemoteFile
from ingest.sources.download.errors import DownloadError
from ingest.sources.download.folder import download
from ingest.sources.download.remote import remote_files, resolve
from ingest.sources.download.report import DownloadedFile, DownloadReport, DownloadStatus
from ingest.sources.download.settings import Clock, DownloadSettings, SystemClock

__all__ = [
    "PUBLISHED",
    "Clock",
    "DownloadError",
    "DownloadReport",
    "DownloadSettings",
    "DownloadStatus",
    "DownloadedFile",
    "RemoteFile",
    "SystemClock",
    "download",
    "remote_files",
    "resolve",
]

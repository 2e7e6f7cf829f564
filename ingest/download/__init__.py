"""Fetching the raw files: the published originals, or whatever addresses an admin has set.

>>> from ingest.download import PUBLISHED, download
>>> from ingest.progress import RichProgress
>>> with RichProgress() as progress:
...     report = download(PUBLISHED, Path("data/source"), progress=progress)
"""

from ingest.download.addresses import PUBLISHED, RemoteFile
from ingest.download.errors import DownloadError
from ingest.download.folder import download
from ingest.download.remote import remote_files, resolve
from ingest.download.report import DownloadedFile, DownloadReport, DownloadStatus
from ingest.download.settings import Clock, DownloadSettings, SystemClock

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

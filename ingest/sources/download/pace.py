"""How fast a file comes."""

import time

from ingest.sources.download.errors import failed
from ingest.sources.download.settings import DownloadSettings


class Pace:
    """Gives up a download that is too slow to ever finish, or takes longer than allowed."""

    def __init__(self, url: str, settings: DownloadSettings) -> None:
        """Begin to measure the download of `url`."""
        self._url = url
        self._settings = settings
        self._began = self._since = time.monotonic()
        self._size = 0

    def require_time(self) -> None:
        """Raise DownloadError if the time for the whole file is up; else measure the rate again."""
        self._since, self._size = time.monotonic(), 0
        if self._since - self._began > self._settings.longest_seconds:
            raise failed(
                self._url,
                f"it takes longer than {self._settings.longest_seconds / 3600:.3g} hours;"
                f" try again later to go on from there",
            )

    def count(self, size: int, host: str) -> None:
        """Count bytes that `host` has sent; raise DownloadError where they were too few for too long."""
        self._size += size
        seconds = time.monotonic() - self._since
        if seconds < self._settings.patience_seconds:
            return
        if self._size < self._settings.slowest_rate * seconds:
            raise failed(
                self._url,
                f"{host} sends less than {self._settings.slowest_rate:.0f} bytes a second;"
                f" try again later to go on from there",
            )
        self.require_time()

"""What a download did."""

import enum
from dataclasses import dataclass
from pathlib import Path


class DownloadStatus(enum.StrEnum):
    """How a file got where it is."""

    FETCHED = "fetched"
    RESUMED = "resumed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class DownloadedFile:
    """A file in the folder; `size` is in bytes.

    `fetched` came in one go, `resumed` went on after a break, `unchanged` was there already.
    """

    path: Path
    size: int
    sha256: str
    status: DownloadStatus


@dataclass(frozen=True, slots=True)
class DownloadReport:
    """The files, in the order asked for."""

    files: tuple[DownloadedFile, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where the files are."""
        return tuple(file.path for file in self.files)

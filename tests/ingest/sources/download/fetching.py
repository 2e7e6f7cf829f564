"""A file to fetch, the calls that fetch it, the clock they wait by and a record of their progress."""

import gzip
import hashlib
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.sources.download import DownloadedFile, DownloadError, DownloadSettings, RemoteFile, download
from tests.ingest.sources.download.host import Host

NAME = "steam_games.json.gz"


def packed(seed: int, size: int = 200_000) -> bytes:
    """A gzip file of about `size` bytes that has nothing to do with that of another seed."""
    return gzip.compress(random.Random(seed).randbytes(size), mtime=0)


CONTENT = packed(1)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
FEW = DownloadSettings(attempts=3, read_seconds=5)


@dataclass
class PatientClock:
    """A clock that moves only when it is told to sleep."""

    moment: datetime = datetime(2026, 4, 20, 4, 30, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)


def fetch(
    host: Host,
    folder: Path,
    clock: PatientClock | None = None,
    *,
    sha256: str | None = None,
    settings: DownloadSettings | None = None,
) -> DownloadedFile:
    """Download the host's only file."""
    remote = RemoteFile(host.url(f"/{NAME}"), NAME, sha256)
    (file,) = download([remote], folder, settings=settings, clock=clock or PatientClock()).files
    return file


def refused(host: Host, folder: Path, clock: PatientClock | None = None, *, sha256: str | None = None) -> str:
    """Return what is said of a download that fails; no file may have its name, whole or half."""
    with pytest.raises(DownloadError) as raised:
        fetch(host, folder, clock, sha256=sha256, settings=FEW)
    assert not (folder / NAME).exists()
    sentence = str(raised.value)
    assert sentence.startswith(f"{host.base}/{NAME} could not be downloaded: ")
    return sentence


@dataclass
class Recorded:
    """A progress sink that writes down what it is told."""

    stages: list[tuple[str, int | None, str]] = field(default_factory=list)
    advanced: list[int] = field(default_factory=list)
    finished: int = 0

    def start(self, stage: str, total: int | None, unit: str) -> None:
        self.stages.append((stage, total, unit))
        self.advanced.append(0)

    def advance(self, n: int, rows: int = 0) -> None:
        self.advanced[-1] += n

    def finish(self) -> None:
        self.finished += 1

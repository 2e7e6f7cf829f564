"""A file to fetch, the call that fetches it and a record of its progress."""

import gzip
import hashlib
import random
from dataclasses import dataclass, field
from pathlib import Path

from ingest.sources.download import DownloadedFile, DownloadSettings, RemoteFile, download
from tests.ingest.sources.download.conftest import PatientClock
from tests.ingest.sources.download.host import Host

NAME = "steam_games.json.gz"


def packed(seed: int, size: int = 200_000) -> bytes:
    """A gzip file of about `size` bytes that has nothing to do with that of another seed."""
    return gzip.compress(random.Random(seed).randbytes(size), mtime=0)


CONTENT = packed(1)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


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

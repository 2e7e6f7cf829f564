"""How long a download may take, how much it may bring, and the clock it waits by."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DownloadSettings:
    """The limits of a download.

    `read_seconds` is for the next bytes to arrive, `answer_seconds` for the head of an answer, and
    `longest_seconds` for a whole file, waits included. A host that sends less than `slowest_rate` bytes a
    second for `patience_seconds` is given up, and so is one after `attempts` tries in a row that bring
    nothing new. No wait between two is longer than `longest_wait_seconds`: if a host asks for more, the
    download gives up. A file over `max_bytes` is not saved.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    answer_seconds: float = 60.0
    longest_seconds: float = 4 * 3600.0
    slowest_rate: float = 1024.0
    patience_seconds: float = 60.0
    attempts: int = 5
    longest_wait_seconds: float = 60.0
    max_redirects: int = 5
    max_bytes: int = 4 * 2**30


class Clock(Protocol):
    """The time, as a download reads it and waits."""

    def now(self) -> datetime:
        """Return the present moment, aware of its zone."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

"""The process in which the bot refreshes; `bot.refresh.process` starts it and describes the protocol."""

import io
import json
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from types import FrameType
from typing import IO, Any, Protocol, TypeVar

from bot.refresh.owner import end_with
from bot.refresh.request import RefreshRequest
from charts.worker import reserve_standard_output
from commands.core.services.refresher import RefreshProgress
from store import NextplayError
from store.models import RunOutcome
from store.runs import Stage

# How often the bot hears how far a stage is.
_SECONDS_BETWEEN_MESSAGES = 0.5
# Before this share of a stage is done, the time that is left of it cannot be estimated.
_LEAST_SHARE_TO_ESTIMATE = 0.02


class Owned(Protocol):
    """A request of a process that this one ends with, if it says of which."""

    @property
    def owner(self) -> int | None:
        """The number of that process."""


Request = TypeVar("Request", bound=Owned)


class Stopped(BaseException):
    """This process must end: the bot asked for it, or is gone. The transaction rolls back on the way out."""


class ProgressMessages:
    """A `ProgressSink` that tells the bot each stage as it begins, and now and then how far it is."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._stage = ""
        self._total: int | None = None
        self._counts_rows = False
        self._done = self._rows = 0
        self._started = self._sent = 0.0

    def start(self, stage: str, total: int | None, unit: str) -> None:
        """Begin a stage of `total` units, None where that is not known."""
        self._stage, self._total, self._counts_rows = stage, total, unit == "rows"
        self._done = self._rows = 0
        self._started = time.monotonic()
        self._send()

    def advance(self, n: int, rows: int = 0) -> None:
        """Count `n` more units, which held `rows` rows."""
        self._done += n
        self._rows += n if self._counts_rows else rows
        if time.monotonic() - self._sent > _SECONDS_BETWEEN_MESSAGES:
            self._send()

    def finish(self) -> None:
        """End the stage; the bot learns of that by the next one."""

    def _send(self) -> None:
        self._sent = time.monotonic()
        share = min(self._done / self._total, 1.0) if self._total else None
        left = None
        if share is not None and share > _LEAST_SHARE_TO_ESTIMATE:
            left = (self._sent - self._started) * (1 - share) / share
        write_message(self._out, **asdict(RefreshProgress(self._stage, self._rows, share, left)))


def write_message(out: IO[str], **message: Any) -> None:
    """Write one line of the protocol.

    Raises:
        Stopped: Nobody listens any more.
    """
    try:
        out.write(json.dumps(message) + "\n")
        out.flush()
    except BrokenPipeError:
        raise Stopped("The bot that started this refresh is gone.") from None


def serve_request(read: Callable[[str], Request], work: Callable[[Request, IO[str]], None]) -> None:
    """Do what the request on standard input says, and write how it ended.

    Args:
        read: Reads the request from its text.
        work: Does it, and writes its messages to what it is given.
    """
    signal.signal(signal.SIGTERM, _stop)
    # Ctrl+C reaches this process too, but it is the bot that stops it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = io.TextIOWrapper(reserve_standard_output(), encoding="utf-8")
    try:
        request = read(sys.stdin.read())
        if request.owner is not None:
            end_with(request.owner)
        _work(request, work, out)
    except Stopped:
        sys.exit(1)


def _work(request: Request, work: Callable[[Request, IO[str]], None], out: IO[str]) -> None:
    try:
        work(request, out)
    except NextplayError as error:
        another_runs = _another_runs(error)
        write_message(out, outcome=RunOutcome.FAILED, error=str(error), another_runs=another_runs)
    except Stopped:
        write_message(out, outcome=RunOutcome.CANCELLED)


def _refresh(request: RefreshRequest, out: IO[str]) -> None:
    write_message(out, stage=Stage.STARTING)
    # Imported late: this takes a while, and the bot should hear of this process at once.
    from bot.refresh.run import refresh_store

    report = refresh_store(
        request,
        request.sources,
        progress=ProgressMessages(out),
        force=request.force,
        started_by=request.started_by,
    )
    write_message(
        out,
        outcome=report.outcome,
        changes=report.changes.as_dict(),
        neighbours=report.counts.get("neighbours"),
    )


def _another_runs(error: NextplayError) -> bool:
    from ingest import AlreadyRunning

    return isinstance(error, AlreadyRunning)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped("The bot asked this process to end.")


if __name__ == "__main__":
    serve_request(RefreshRequest.from_json, _refresh)

"""The process in which the bot refreshes; `bot.refresh.process` starts it and describes the protocol."""

import json
import os
import signal
import sys
import time
from dataclasses import asdict
from types import FrameType
from typing import IO, Any

from bot.refresh.process import Request
from commands.core.refresher import RefreshProgress
from store import NextplayError
from store.models import RunOutcome
from store.runs import Stage

# How often the bot hears how far a stage is.
_SECONDS_BETWEEN = 0.5
# Before this share of a stage is done, nothing can be said of what is left of it.
_TELLING_SHARE = 0.02


class Stopped(BaseException):
    """This process shall end: the bot asked for it, or is gone. The transaction rolls back on the way out."""


class ProgressLines:
    """Tells the bot each stage as it begins, and now and then how far it is."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._stage = ""
        self._total: int | None = None
        self._counts_rows = False
        self._done = self._rows = 0
        self._begun = self._told = 0.0

    def start(self, stage: str, total: int | None, unit: str) -> None:
        self._stage, self._total, self._counts_rows = stage, total, unit == "rows"
        self._done = self._rows = 0
        self._begun = time.monotonic()
        self._tell()

    def advance(self, n: int, rows: int = 0) -> None:
        self._done += n
        self._rows += n if self._counts_rows else rows
        if time.monotonic() - self._told > _SECONDS_BETWEEN:
            self._tell()

    def finish(self) -> None:
        pass

    def _tell(self) -> None:
        self._told = time.monotonic()
        share = min(self._done / self._total, 1.0) if self._total else None
        left = None
        if share is not None and share > _TELLING_SHARE:
            left = (self._told - self._begun) * (1 - share) / share
        say(self._out, **asdict(RefreshProgress(self._stage, self._rows, share, left)))


def say(out: IO[str], **message: Any) -> None:
    """Write one line of the protocol; raises Stopped if nobody listens any more."""
    try:
        out.write(json.dumps(message) + "\n")
        out.flush()
    except BrokenPipeError:
        raise Stopped("The bot that started this refresh is gone.") from None


def main() -> None:
    """Refresh as the request on standard input says."""
    signal.signal(signal.SIGTERM, _stop)
    # Ctrl+C reaches this process too, but it is the bot that stops it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = _keep_standard_output()
    try:
        _refresh(Request.from_json(sys.stdin.read()), out)
    except Stopped:
        sys.exit(1)


def _refresh(request: Request, out: IO[str]) -> None:
    try:
        say(out, stage=Stage.STARTING)
        # Imported late: this takes a while, and the bot should hear of this process at once.
        from bot.refresh.run import refresh_store  # noqa: PLC0415

        report = refresh_store(
            request,
            request.sources,
            progress=ProgressLines(out),
            force=request.force,
            started_by=request.started_by,
        )
    except NextplayError as error:
        say(out, outcome=RunOutcome.FAILED, error=str(error))
    except Stopped:
        say(out, outcome=RunOutcome.CANCELLED)
    else:
        say(
            out,
            outcome=report.outcome,
            changes=report.changes.as_dict(),
            neighbours=report.counts.get("neighbours"),
        )


def _keep_standard_output() -> IO[str]:
    """Return standard output for the protocol alone; what anything else prints goes to standard error."""
    kept = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return kept


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped("The bot asked this process to end.")


if __name__ == "__main__":
    main()

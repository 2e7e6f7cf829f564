"""The process in which the bot refreshes; `bot.refresher` starts it and describes the protocol."""

import json
import os
import signal
import sys
from types import FrameType
from typing import IO

from bot.refresher import Request
from store import NextplayError
from store.models import RunOutcome


class Stopped(BaseException):
    """The bot asked this process to end; the transaction rolls back on the way out."""


class StageLines:
    """Tells the bot each stage as it begins."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out

    def start(self, stage: str, total: int | None, unit: str) -> None:
        say(self._out, stage=stage)

    def advance(self, n: int, rows: int = 0) -> None:
        pass

    def finish(self) -> None:
        pass


def say(out: IO[str], **message: str | None) -> None:
    """Write one line of the protocol."""
    out.write(json.dumps(message) + "\n")
    out.flush()


def main() -> None:
    """Refresh as the request on standard input says."""
    signal.signal(signal.SIGTERM, _stop)
    # Ctrl+C reaches this process too, but it is the bot that stops it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = _keep_standard_output()
    request = Request.from_json(sys.stdin.read())
    try:
        say(out, stage="starting")
        # Imported late: this takes a while, and the bot should hear of this process at once.
        from bot.refreshing import refresh_store  # noqa: PLC0415

        report = refresh_store(
            request, request.locations, progress=StageLines(out), started_by=request.started_by
        )
    except NextplayError as error:
        say(out, outcome=RunOutcome.FAILED, error=str(error))
    except Stopped:
        say(out, outcome=RunOutcome.CANCELLED)
    else:
        say(out, outcome=report.outcome)


def _keep_standard_output() -> IO[str]:
    """Return standard output for the protocol alone; what anything else prints goes to standard error."""
    kept = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return kept


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    main()

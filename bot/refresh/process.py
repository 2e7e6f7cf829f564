"""Refreshing in a process of its own, so that the bot answers meanwhile and stays small.

The bot starts `python -m bot.refresh.worker`, hands it a `Request` on standard input, and reads its standard
output, one JSON object a line: a `RefreshProgress` now and then, and at last the result, with its `outcome`.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commands.core.refresher import (
    RefreshJob,
    RefreshProgress,
    RefreshResult,
    RefreshRunning,
    RowChanges,
)
from store.models import RunOutcome
from store.runs import RunStarter

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "bot.refresh.worker")

# How long a child that was asked to stop may take to roll back before it is killed.
_STOP_SECONDS = 6.0
_LAST_WORDS_SECONDS = 1.0
# A line of the protocol is short; an error's sentence is the longest.
_LINE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Request:
    """What to refresh, and how: the raw files at `sources` into `database`."""

    database: Path
    sources: tuple[str, ...]
    backup_folder: Path
    backups_kept: int
    max_reject_percent: float
    crawl_year: int
    force: bool = False
    started_by: str = RunStarter.SCHEDULE

    def to_json(self) -> str:
        """Write it for the child."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> "Request":
        """Read what `to_json` wrote."""
        fields = json.loads(text)
        fields["database"] = Path(fields["database"])
        fields["backup_folder"] = Path(fields["backup_folder"])
        fields["sources"] = tuple(fields["sources"])
        return cls(**fields)


class ChildJob:
    """A refresh that runs in a child process."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        started_by: str,
        listeners: Sequence[Callable[[RefreshResult], None]],
    ) -> None:
        self._listeners = listeners
        self.started_by = started_by
        self.started_at = datetime.now(UTC)
        self.progress: RefreshProgress | None = None
        self._process = process
        self._begun = time.monotonic()
        self._stopped = False
        self._said: dict[str, Any] = {}
        self._end = asyncio.create_task(self._follow(), name="refresh")

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return self._end.done()

    async def result(self) -> RefreshResult:
        """Wait for the end."""
        return await asyncio.shield(self._end)

    async def stop(self) -> None:
        """Ask the child to roll back and end; kill it if it does not."""
        self._stopped = True
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), _STOP_SECONDS)
            except TimeoutError:
                self._process.kill()
        await asyncio.wait({self._end})

    async def _follow(self) -> RefreshResult:
        listening = asyncio.create_task(self._listen(), name="refresh output")
        code = await self._process.wait()
        # A process that the child left behind may hold the output open for ever.
        await asyncio.wait({listening}, timeout=_LAST_WORDS_SECONDS)
        listening.cancel()
        result = self._result(self._said, code)
        log.log(
            logging.ERROR if result.outcome is RunOutcome.FAILED else logging.INFO,
            "The refresh by %s ended after %.1f s: %s%s",
            self.started_by,
            result.seconds,
            result.outcome.value,
            f" ({result.error})" if result.error else "",
        )
        for listener in self._listeners:
            listener(result)
        return result

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            message = _message(line)
            if "outcome" in message:
                self._said = message
            elif "stage" in message:
                self.progress = RefreshProgress(**message)

    def _result(self, said: dict[str, Any], code: int) -> RefreshResult:
        seconds = time.monotonic() - self._begun
        if said:
            changes = {kind: RowChanges(**change) for kind, change in said.get("changes", {}).items()}
            return RefreshResult(
                RunOutcome(said["outcome"]), seconds, said.get("error"), changes, said.get("neighbours")
            )
        if self._stopped:
            return RefreshResult(RunOutcome.CANCELLED, seconds)
        return RefreshResult(RunOutcome.FAILED, seconds, f"The refresh process ended with code {code}.")


class ChildRefresher:
    """Starts refreshes in child processes, one at a time."""

    def __init__(self, request: Request, command: Sequence[str] = COMMAND) -> None:
        """Refresh as `request` says, but for who starts it and with what force."""
        self._request = request
        self._command = command
        self._job: ChildJob | None = None
        self._starting = asyncio.Lock()
        self._listeners: list[Callable[[RefreshResult], None]] = []

    @property
    def running(self) -> RefreshJob | None:
        """The refresh under way, if there is one."""
        return self._job if self._job is not None and not self._job.done else None

    def when_ended(self, listener: Callable[[RefreshResult], None]) -> None:
        """Tell `listener` how each refresh ends."""
        self._listeners.append(listener)

    async def start(self, started_by: str, *, force: bool = False) -> RefreshJob:
        """Start one; `force` applies data that look wrong. Raises RefreshRunning while there is another."""
        async with self._starting:
            if (running := self.running) is not None:
                raise RefreshRunning(running)
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=_without_secrets(),
                limit=_LINE_BYTES,
            )
            self._job = ChildJob(process, started_by, self._listeners)
            await self._hand_over(process, replace(self._request, started_by=started_by, force=force))
            return self._job

    async def _hand_over(self, process: asyncio.subprocess.Process, request: Request) -> None:
        assert process.stdin is not None
        process.stdin.write(request.to_json().encode())
        # A child that died at once closes the pipe; its job says so.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            await process.stdin.drain()
        process.stdin.close()

    async def stop(self) -> None:
        """Stop the refresh under way, if there is one; the store keeps its old data."""
        if self._job is not None and not self._job.done:
            await self._job.stop()


def _message(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError:
        message = None
    # Whatever else a library may print is no word of ours.
    return message if isinstance(message, dict) else {}


def _without_secrets() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if "TOKEN" not in name.upper()}

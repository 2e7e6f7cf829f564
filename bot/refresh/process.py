"""Refreshing in a process of its own, so that the bot answers meanwhile and stays small.

The bot starts `python -m bot.refresh.worker`, hands it a `RefreshRequest` on standard input, and reads its
standard output, one JSON object a line: a `RefreshProgress` now and then, and at last the result, with its
`outcome`.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol, Self

from bot.refresh.request import RefreshRequest, RequestForWanted, Wanted
from bot.settings import Settings
from charts.child_environment import child_environment
from commands.core.services.refresher import (
    RefreshJob,
    RefreshProgress,
    RefreshResult,
    RefreshRunning,
)
from store.runs import RowChanges, RunOutcome

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "bot.refresh.worker")

# What a refresh may need of the environment: temporary files, threads of the linear algebra, and the way to
# downloads, certificates and proxies.
_NEEDED = frozenset(
    {
        *(
            "SQLITE_TMPDIR",
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "LOKY_MAX_CPU_COUNT",
        ),
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
        *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
    }
)

# How long a child that was asked to stop may take to roll back before it is killed.
_STOP_SECONDS = 6.0
_DRAIN_SECONDS = 1.0
# A line of the protocol is short; an error's sentence is the longest.
_LINE_BYTES = 1 << 20
# The code of a process that the signal SIGKILL has ended.
_KILLED = -9


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
        self._started = time.monotonic()
        self._stopped = False
        self._last_message: dict[str, Any] = {}
        self._end = asyncio.create_task(self._watch(), name="refresh")

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

    async def _watch(self) -> RefreshResult:
        reading = asyncio.create_task(self._read_messages(), name="refresh output")
        code = await self._process.wait()
        # A process that the child left behind may hold the output open for ever.
        await asyncio.wait({reading}, timeout=_DRAIN_SECONDS)
        reading.cancel()
        result = self._result(self._last_message, code)
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

    async def _read_messages(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            message = _parse(line)
            if "outcome" in message:
                self._last_message = message
            elif "stage" in message:
                self.progress = RefreshProgress(**message)

    def _result(self, message: dict[str, Any], code: int) -> RefreshResult:
        seconds = time.monotonic() - self._started
        if message:
            changes = {kind: RowChanges(**change) for kind, change in message.get("changes", {}).items()}
            return RefreshResult(
                RunOutcome(message["outcome"]),
                seconds,
                message.get("error"),
                changes,
                message.get("neighbours"),
                message.get("another_runs", False),
            )
        if self._stopped:
            return RefreshResult(RunOutcome.CANCELLED, seconds)
        return RefreshResult(RunOutcome.FAILED, seconds, _unexpected_end(code))


class ChildRequest(Protocol):
    """The request that a child process is started with."""

    def to_json(self) -> str:
        """Write it for the child."""


class Request(Protocol):
    """Requests that child processes can be started with."""

    def for_child(self, started_by: str, *, force: bool, owner: int) -> ChildRequest:
        """Return the request for a child that somebody starts and that ends with the process `owner`."""


class ChildRefresher:
    """Starts refreshes in child processes, one at a time (a `Refresher`)."""

    def __init__(
        self,
        request: Request,
        command: Sequence[str] = COMMAND,
        variables: Collection[str] = frozenset(),
    ) -> None:
        """Refresh as `request` says, but for who starts it and how.

        Args:
            request: What to do.
            command: The worker's.
            variables: What it needs of the environment beside what every refresh does.
        """
        self._request = request
        self._command = command
        self._needed = _NEEDED | set(variables)
        self._job: ChildJob | None = None
        self._starting = asyncio.Lock()
        self._listeners: list[Callable[[RefreshResult], None]] = []

    @classmethod
    def from_settings(cls, settings: Settings, wanted: Wanted | None = None) -> Self:
        """Return what refreshes the configured store from the configured source, `wanted` games first."""
        request = RefreshRequest.from_settings(settings)
        return cls(request if wanted is None else RequestForWanted(request, wanted))

    @property
    def running(self) -> RefreshJob | None:
        """The refresh under way, if there is one."""
        return self._job if self._job is not None and not self._job.done else None

    def add_end_listener(self, listener: Callable[[RefreshResult], None]) -> None:
        """Tell `listener` how each refresh ends."""
        self._listeners.append(listener)

    async def start(self, started_by: str, *, force: bool = False) -> RefreshJob:
        """Start one.

        Args:
            started_by: 'schedule', 'command line' or 'discord'; never who.
            force: Whether data that look wrong are applied.

        Raises:
            RefreshRunning: There is another.
        """
        async with self._starting:
            if (running := self.running) is not None:
                raise RefreshRunning(running)
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=child_environment(self._needed),
                limit=_LINE_BYTES,
            )
            self._job = ChildJob(process, started_by, self._listeners)
            # In a thread: what to ask for may have to be looked up first.
            request = await asyncio.to_thread(
                self._request.for_child, started_by, force=force, owner=os.getpid()
            )
            await self._send_request(process, request)
            return self._job

    async def _send_request(self, process: asyncio.subprocess.Process, request: ChildRequest) -> None:
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


def _unexpected_end(code: int) -> str:
    if code == _KILLED:
        return "The refresh process was killed, as systems do where memory runs out; give it more."
    return f"The refresh process ended with code {code}."


def _parse(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError:
        message = None
    # Any other line was printed by a library.
    return message if isinstance(message, dict) else {}

"""Optimisations of the bot at work: how long 50 people wait who ask at once, and what it costs the bot."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import serving
from benchmarks.ablation.variants import Figures, Optimisation, replacing
from bot import background, options, under_way
from commands.core.services import user_data
from store import database
from store.execution import executor

PEOPLE, COMMANDS = 50, 20


class PoolExecutor:
    """What a query executor would be without any of its own ideas: a pool of four threads."""

    def __init__(self, name: str) -> None:
        """Prepare the threads, named by `name`."""
        self._threads = ThreadPoolExecutor(4, thread_name_prefix=name)

    def submit(self, work: Callable[[], Any]) -> asyncio.Future[Any]:
        """Run `work` in a thread."""
        return asyncio.get_running_loop().run_in_executor(self._threads, work)

    def submit_in(self, resource: Any, work: Callable[[Any], Any]) -> asyncio.Future[Any]:
        """Run `work` in a thread on what `resource` opens for it only."""

        def opened() -> Any:
            with resource() as shared:
                return work(shared)

        return self.submit(opened)

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _executor(**arguments: object) -> Callable[[str], executor.QueryExecutor]:
    return partial(executor.QueryExecutor, **arguments)  # type: ignore[arg-type]


async def _read_uncached(self: user_data.UserDataRepository, _key: object, query: Callable[..., Any]) -> Any:
    return await self.read(query)


def _ask_all(*_: object) -> None:
    """Keep no answers."""


OPTIMISATIONS = (
    Optimisation(
        "query executor (a pool of four threads)", replacing((options, "QueryExecutor", PoolExecutor))
    ),
    Optimisation(
        "blocking the event loop during a batch",
        replacing((options, "QueryExecutor", _executor(max_loop_block=0.0))),
    ),
    Optimisation(
        "batches (each query by itself)", replacing((options, "QueryExecutor", _executor(batch_seconds=0.0)))
    ),
    Optimisation(
        "shared reader sessions", replacing((options, "QueryExecutor", _executor(share_resources=False)))
    ),
    Optimisation("answers kept until the store is written", replacing((database, "use_answers", _ask_all))),
    Optimisation(
        "cache of user data", replacing((user_data.UserDataRepository, "_cached_until_write", _read_uncached))
    ),
    Optimisation(
        "garbage collection frozen and rarer", replacing((background, "freeze_startup_objects", lambda: None))
    ),
    Optimisation(
        "garbage collected when nobody waits", replacing((under_way, "collect_when_idle", lambda: None))
    ),
)
NAMES = [optimisation.name for optimisation in OPTIMISATIONS]


def measurer(store: Path) -> Callable[[str], Figures]:
    """Return what serves `store` without one optimisation and measures it."""

    def measure(name: str) -> Figures:
        load = serving.measure_load(store, PEOPLE, COMMANDS, without=name)
        milliseconds = 1000 * np.array(load.waiting.seconds)
        if load.waiting.failed:
            print(f"{load.waiting.failed} commands failed without {name}", file=sys.stderr)
        return Figures(
            {
                "p50, ms": float(np.percentile(milliseconds, 50)),
                "p99, ms": float(np.percentile(milliseconds, 99)),
                "processor of the bot a command, ms": 1000 * load.cpu / len(milliseconds),
            }
        )

    return measure

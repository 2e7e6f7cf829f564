"""Optimisations of the bot at work: how long 50 people wait who ask at once, and what it costs the bot."""

import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from benchmarks import serving
from benchmarks.ablation.variants import AGAIN, ALL_ON, Figures, Optimisation, Row, replacing, row
from benchmarks.measuring import cpu_of
from bot import background, options
from bot.gc_tuning import freeze_startup_objects
from commands.core.services import user_data
from store import database
from store.execution import executor

PEOPLE, COMMANDS = 50, 20
# What a bot does after its last answer is not to hold up the one that is asked next.
_REST_SECONDS = 0.02


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
)
NAMES = [optimisation.name for optimisation in OPTIMISATIONS]


def side_by_side(store: Path, names: Sequence[str], rounds: int) -> list[Row]:
    """Serve `store` by a bot with everything on, one without each optimisation named, and ask them in turn.

    They run at the same time and only one is asked at any moment, so that whatever else the machine does
    meets all of them alike.
    """
    return asyncio.run(_side_by_side(store, names, rounds))


async def _side_by_side(store: Path, names: Sequence[str], rounds: int) -> list[Row]:
    async with AsyncExitStack() as running:
        crowds = {
            name: await running.enter_async_context(serving.warm_crowd(store, PEOPLE, name))
            for name in (ALL_ON, AGAIN, *names)
        }
        freeze_startup_objects()
        taken = [await _asked(crowds, Random(number)) for number in range(rounds)]
    return [row(name, [each[name] for each in taken], [each[ALL_ON] for each in taken]) for name in crowds]


async def _asked(crowds: Mapping[str, serving.Crowd], random: Random) -> dict[str, Figures]:
    """Let every crowd ask `COMMANDS` times all at once, one crowd after another, in an order that changes."""
    before = {name: cpu_of(crowd.process) for name, crowd in crowds.items()}
    waited: dict[str, list[serving.Waiting]] = {name: [] for name in crowds}
    for _ in range(COMMANDS):
        for name in random.sample(list(crowds), len(crowds)):
            waited[name].append(await crowds[name].ask_at_once())
            await asyncio.sleep(_REST_SECONDS)
    return {
        name: _figures(name, waited[name], cpu_of(crowd.process) - before[name])
        for name, crowd in crowds.items()
    }


def _figures(name: str, waited: Sequence[serving.Waiting], cpu: float) -> Figures:
    milliseconds = 1000 * np.array([seconds for waiting in waited for seconds in waiting.seconds])
    if failed := sum(waiting.failed for waiting in waited):
        print(f"{failed} commands failed without {name}", file=sys.stderr)
    return Figures(
        {
            "p50, ms": float(np.percentile(milliseconds, 50)),
            "p99, ms": float(np.percentile(milliseconds, 99)),
            "processor of the bot a command, ms": 1000 * cpu / len(milliseconds),
        }
    )

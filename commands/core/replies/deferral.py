"""Waiting for what may take long, with Discord told in time that a reply is coming."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from commands.core.replies.replies import defer
from commands.core.request.context import Context
from commands.core.request.empty_store import no_data_yet
from commands.core.request.refusal import CommandError
from store.errors import DatabaseEmpty, NoData
from store.files.refill import require_data

Result = TypeVar("Result")


async def run_or_defer(
    ctx: Context, query: Callable[[Session], Result], *, ephemeral: bool, needs_data: bool = True
) -> Result:
    """Return what `query` finds in the store, and defer the response where that takes long.

    Where many ask at once it waits for its turn, and Discord is told so first.

    Raises:
        CommandError: There are no data, and they are needed.
        Exception: What the query raises.
    """

    def find(session: Session) -> Result:
        if needs_data:
            require_data(session)
        return query(session)

    ctx.response.defers_itself = True
    admission = ctx.services.admission
    if not admission.may_answer_at_once():
        with admission.acknowledging():
            await defer(ctx, ephemeral=ephemeral)
    await admission.take_turn()
    running = ctx.query_runner.run(find)
    try:
        return await _wait_or_defer(ctx, running, ephemeral=ephemeral)
    except (NoData, DatabaseEmpty):
        raise CommandError(no_data_yet(ctx)) from None
    finally:
        running.cancel()


async def write_or_defer(
    ctx: Context, change: Callable[[Session], Result], *, ephemeral: bool = True
) -> Result:
    """Change what people stored, wholly or not at all, and defer the response where that takes long.

    Raises what the change and `UserDatabase.writer` raise.
    """
    return await finish_or_defer(ctx, ctx.services.user_data.write(change), ephemeral=ephemeral)


async def finish_or_defer(
    ctx: Context, writing: Coroutine[Any, Any, Result], *, ephemeral: bool = True
) -> Result:
    """Finish what writes, whatever becomes of the response, which is deferred where that takes long.

    Raises what `writing` raises.
    """
    task = asyncio.ensure_future(writing)
    try:
        return await _wait_or_defer(ctx, asyncio.shield(task), ephemeral=ephemeral)
    finally:
        # Where the response itself fails, nobody asks any more how the writing ended.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())


async def wait_or_defer(ctx: Context, asking: Coroutine[Any, Any, Result], *, ephemeral: bool) -> Result:
    """Return what somebody else is asked for, and defer the response where that takes long.

    Raises what `asking` raises.
    """
    task = asyncio.ensure_future(asking)
    try:
        return await _wait_or_defer(ctx, task, ephemeral=ephemeral)
    finally:
        task.cancel()


@asynccontextmanager
async def in_turn(ctx: Context, lock: asyncio.Lock) -> AsyncIterator[None]:
    """Hold a lock for the block, and defer the response where others hold it for long."""
    taking = asyncio.ensure_future(lock.acquire())
    try:
        await _wait_or_defer(ctx, taking, ephemeral=True)
        yield
    finally:
        if not taking.cancel() and not taking.cancelled() and taking.exception() is None:
            lock.release()


async def _wait_or_defer(ctx: Context, running: asyncio.Future[Result], *, ephemeral: bool) -> Result:
    """Return the result; what the interaction has taken so far counts towards the time of a deferral.

    Where many ask at once, Discord is told right away.
    """
    ctx.response.defers_itself = True
    in_good_time = ctx.services.admission.may_answer_at_once()
    timeout = ctx.services.defer_after - (time.monotonic() - ctx.begun_at) if in_good_time else 0.0
    in_time = timeout > 0 and (await asyncio.wait({running}, timeout=timeout))[0]
    if not in_time:
        with ctx.services.admission.acknowledging():
            await defer(ctx, ephemeral=ephemeral)
    return await running

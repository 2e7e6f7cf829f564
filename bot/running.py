"""Running a client until it is told to stop."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterator

from bot.client import NextplayBot

log = logging.getLogger(__name__)


async def serve(bot: NextplayBot, token: str) -> None:
    """Run `bot` until it is told to stop by SIGTERM or SIGINT, then stop cleanly.

    Raises LoginFailure if Discord does not know the token.
    """
    stop = asyncio.Event()
    with stop_on_signals(stop):
        async with bot:
            running = asyncio.create_task(bot.start(token), name="bot")
            stopping = asyncio.create_task(stop.wait(), name="stop")
            beside = (
                asyncio.create_task(bot.background.keep_warm(), name="keep warm"),
                asyncio.create_task(bot.background.report_shards(), name="shard reports"),
                asyncio.create_task(bot.background.check_files(), name="check files"),
            )
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            for task in (stopping, *beside):
                task.cancel()
            if running.done():
                running.result()
            else:
                log.info("Stopping")
                await bot.close()
                # It may be waiting for Discord still; what a start that was stopped raises is of no interest.
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)


@contextlib.contextmanager
def stop_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` at SIGTERM or SIGINT for as long as the block lasts."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)
    try:
        for number in numbers:
            loop.add_signal_handler(number, stop.set)
    except (NotImplementedError, RuntimeError):
        # Windows, or a thread other than the main one: Ctrl+C cancels the program as usual.
        yield
        return
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)

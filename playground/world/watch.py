"""Waiting for the next change of something."""

import asyncio


class Watch:
    """A version number that can be awaited."""

    __slots__ = ("_waiters", "version")

    def __init__(self) -> None:
        self.version = 0
        self._waiters: list[asyncio.Future[None]] = []

    def bump(self) -> None:
        """Count one change and wake everybody who waits for it."""
        self.version += 1
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def beyond(self, version: int) -> None:
        """Wait until there is a version later than this one."""
        while self.version <= version:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            await waiter

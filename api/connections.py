"""Connections of clients, which do not stay open for a request that does not come."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# A request that is on its way for two looks in a row is given up: after 20 to 40 seconds.
SECONDS_BETWEEN_LOOKS = 20.0


class Connection(H11Protocol):
    """A connection that is closed where a request, headers and body, takes too long to arrive.

    Each open connection takes one of the files that the process may have open, so that whoever opened
    a thousand and sent nothing would keep everybody else out. How long a connection stays open between two
    requests is uvicorn's to say.
    """

    _look: asyncio.TimerHandle
    _awaited: object = None
    _is_awaited: bool = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look whether a request comes."""
        super().connection_made(transport)
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no longer."""
        self._look.cancel()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        self._look = self.loop.call_later(SECONDS_BETWEEN_LOOKS, self._look_now)

    def _look_now(self) -> None:
        was_awaited, self._is_awaited = self._is_awaited, self._is_request_on_its_way()
        if was_awaited and self._is_awaited and self._awaited is self.cycle:
            self.transport.close()
            return
        self._awaited = self.cycle  # another one for each request
        self._look_later()

    def _is_request_on_its_way(self) -> bool:
        state = self.conn.their_state
        return state is h11.SEND_BODY or (state is h11.IDLE and self.timeout_keep_alive_task is None)

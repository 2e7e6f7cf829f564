"""Answers as they are sent: encoded once, gzipped once, and not sent again to whoever has them."""

import gzip
import re
from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b
from typing import Any

import msgspec
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

# Less gains nothing: it is sent in one packet either way.
_SMALLEST_TO_GZIP = 1_000
_GZIP_LEVEL = 5
_NO_GZIP = re.compile(rb"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")
# Whoever keeps an answer asks before using it again whether it still holds.
_ALWAYS = ((b"cache-control", b"no-cache"), (b"vary", b"Accept-Encoding"))

# A result is a frozen dataclass, or a tuple or dictionary of such; a price, exact, is a text.
_ENCODER = msgspec.json.Encoder()


def encode(result: object) -> bytes:
    """Return a result of the store as JSON, in UTF-8."""
    return _ENCODER.encode(result)


def make_etag(*parts: object) -> str:
    """Return the entity tag of a representation that is the same as long as `parts` are."""
    return f'W/"{blake2b(repr(parts).encode(), digest_size=8).hexdigest()}"'


class StoredAnswer(Response):
    """An answer that can be sent any number of times, to each client as it takes it."""

    media_type = "application/json"

    def __init__(
        self,
        body: bytes,
        etag: str,
        *,
        route: Any = None,
        headers: Iterable[tuple[bytes, bytes]] = (),
    ) -> None:
        """Prepare to send `body`.

        Args:
            body: JSON, in UTF-8.
            etag: The entity tag, weak: gzipped or not, it is the same answer.
            route: The route that it is the answer of, for the metrics.
            headers: Further headers, their names in lower case.
        """
        super().__init__()
        self.route = route
        self.content = body
        self._opaque_tag = etag.removeprefix("W/").encode("latin-1")
        self._unchanged_headers = [(b"etag", etag.encode("latin-1")), *_ALWAYS, *headers]
        self._answer_headers = [(b"content-type", b"application/json"), *self._unchanged_headers]

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes, gzipped form and headers included."""
        return 2 * len(self.content) + 1_000

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it whole, gzipped where the client takes that; or that the client has it already."""
        takes_gzip = False
        for name, value in scope["headers"]:
            if name == b"if-none-match" and (self._opaque_tag in value or value.strip() == b"*"):
                await _send(send, 304, self._unchanged_headers, b"")
                return
            if name == b"accept-encoding":
                takes_gzip = b"gzip" in value and not _NO_GZIP.search(value)
        if takes_gzip and len(self.content) >= _SMALLEST_TO_GZIP:
            await _send(send, 200, [*self._answer_headers, (b"content-encoding", b"gzip")], self._gzipped)
        else:
            await _send(send, 200, self._answer_headers, self.content)

    @cached_property
    def _gzipped(self) -> bytes:
        return gzip.compress(self.content, _GZIP_LEVEL, mtime=0)


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    if status != 304:
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""What Steam sends back: its services' envelope with `x-eresult`, and pages of HTML where it refuses."""

from collections.abc import Mapping
from enum import IntEnum
from http import HTTPStatus
from typing import Self

from aiohttp import web

JSON = "application/json; charset=UTF-8"


class Result(IntEnum):
    """Steam's results (`EResult`) that services report in the header `x-eresult`."""

    OK = 1
    FAIL = 2
    INVALID_PARAMETER = 8
    BUSY = 10
    ACCESS_DENIED = 15
    TIMEOUT = 16
    UNAVAILABLE = 20


class Refusal(Exception):
    """A request that is not answered: a status, a body that is mostly HTML, and headers."""

    def __init__(
        self,
        status: int,
        body: bytes,
        content_type: str = "text/html",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {HTTPStatus(status).phrase}")
        self.status = status
        self.body = body
        self.content_type = content_type
        self.headers = dict(headers or {})

    @classmethod
    def html(cls, status: int, sentence: str = "", headers: Mapping[str, str] | None = None) -> Self:
        """Return a page of HTML, which is all that says why."""
        phrase = HTTPStatus(status).phrase
        page = f"<html><head><title>{phrase}</title></head><body><h1>{phrase}</h1>{sentence}</body></html>"
        return cls(status, page.encode(), headers=headers)

    def response(self) -> web.Response:
        """Return the refusal as a response."""
        return web.Response(
            status=self.status,
            body=self.body,
            headers={**self.headers, "Content-Type": f"{self.content_type}; charset=UTF-8"},
        )


def service(body: bytes = b"{}", result: Result = Result.OK, status: int = 200) -> web.Response:
    """Return the answer of a service method: its fields in an envelope, and how it went in a header.

    An answer that went wrong is an empty one with status 200, so that the header alone tells it from
    "there is nothing".
    """
    return web.Response(
        status=status,
        body=b'{"response":' + body + b"}",
        headers={"Content-Type": JSON, "x-eresult": str(int(result))},
    )


def page(body: bytes, status: int = 200) -> web.Response:
    """JSON of the store's pages, without an envelope."""
    return web.Response(status=status, body=body, headers={"Content-Type": JSON})

"""A web server on loopback that behaves well until it is told to misbehave, once or several times."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

type_of_answer = Callable[["Exchange"], None]


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; `headers` know no case."""

    path: str
    headers: Message


@dataclass
class Served:
    """What is at a path; without `etag` and `last_modified` the host tells no version from another."""

    content: bytes
    etag: str | None = None
    last_modified: str | None = None

    @property
    def validators(self) -> dict[str, str]:
        given = {"ETag": self.etag, "Last-Modified": self.last_modified}
        return {name: value for name, value in given.items() if value is not None}


class Exchange:
    """One request and the means to answer it, well or badly."""

    def __init__(self, handler: BaseHTTPRequestHandler, served: Served | None) -> None:
        self._handler = handler
        self.headers = handler.headers
        self.served = served

    def send(
        self, status: int, headers: dict[str, str], body: bytes = b"", *, length: int | None = None
    ) -> None:
        """Answer; `length` is what is claimed of the body."""
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        if "Transfer-Encoding" not in headers:
            self._handler.send_header("Content-Length", str(len(body) if length is None else length))
        self._handler.send_header("Connection", "close")
        self._handler.end_headers()
        self._handler.wfile.write(body)
        self._handler.close_connection = True

    def answer_well(self) -> None:
        """Do what RFC 9110 wants of a host of plain files."""
        served = self.served
        if served is None:
            self.send(404, {})
        elif self._is_unchanged(served):
            self.send(304, served.validators)
        elif (first := self.first_wanted) is None:
            self.send(200, served.validators, served.content)
        elif first >= len(served.content):
            self.send(416, {"Content-Range": f"bytes */{len(served.content)}"})
        else:
            self.send(206, served.validators | self.content_range(first), served.content[first:])

    @property
    def first_wanted(self) -> int | None:
        """The first byte of the wanted range, None if the whole file is wanted or must be sent."""
        assert self.served is not None
        wanted = self.headers.get("Range")
        condition = self.headers.get("If-Range")
        if wanted is None or condition not in (None, self.served.etag, self.served.last_modified):
            return None
        return int(wanted.removeprefix("bytes=").removesuffix("-"))

    def content_range(self, first: int, total: int | None = None) -> dict[str, str]:
        assert self.served is not None
        size = len(self.served.content)
        return {"Content-Range": f"bytes {first}-{size - 1}/{total or size}"}

    def _is_unchanged(self, served: Served) -> bool:
        known = self.headers.get("If-None-Match")
        if known is not None:
            return known == served.etag
        since = self.headers.get("If-Modified-Since")
        return since is not None and since == served.last_modified


@dataclass
class Host:
    """The server: put something at a path of `files`, queue misbehaviour with `then`, look at `asked`."""

    base: str
    files: dict[str, Served] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    _next: deque[type_of_answer] = field(default_factory=deque)

    def url(self, path: str) -> str:
        return self.base + path

    def then(self, *answers: type_of_answer) -> None:
        """Give these answers to the next requests, one each; good ones again after that."""
        self._next.extend(answers)

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(Asked(handler.path, handler.headers))
        exchange = Exchange(handler, self.files.get(handler.path))
        answer = self._next.popleft() if self._next else Exchange.answer_well
        answer(exchange)


def status(code: int, **headers: str) -> type_of_answer:
    """Answer with a status; `retry_after` is Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.send(code, named)


def break_off(after: int) -> type_of_answer:
    """Announce the whole file, or the whole rest of it, and hang up after this many bytes."""

    def answer(exchange: Exchange) -> None:
        assert exchange.served is not None
        content = exchange.served.content
        first = exchange.first_wanted
        if first is None:
            headers, rest = exchange.served.validators, content
        else:
            headers, rest = exchange.served.validators | exchange.content_range(first), content[first:]
        exchange.send(200 if first is None else 206, headers, rest[:after], length=len(rest))

    return answer


def claim(length: int) -> type_of_answer:
    """Send the whole file but give another length for it."""

    def answer(exchange: Exchange) -> None:
        assert exchange.served is not None
        exchange.send(200, exchange.served.validators, exchange.served.content, length=length)

    return answer


def ignore_range(exchange: Exchange) -> None:
    """Send the whole file whatever part is wanted."""
    assert exchange.served is not None
    exchange.send(200, exchange.served.validators, exchange.served.content)


def in_chunks(exchange: Exchange) -> None:
    """Send the whole file without saying how long it is."""
    assert exchange.served is not None
    content = exchange.served.content
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(content), content)
    exchange.send(200, exchange.served.validators | {"Transfer-Encoding": "chunked"}, body)


@contextmanager
def serving(address: str = "127.0.0.1", port: int = 0) -> Iterator[Host]:
    """Run a host on an address of loopback, on a free port unless one is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host.take(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = False
        block_on_close = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is part of the tests."""

    with Server((address, port), Handler) as server:
        host = Host(f"http://{address}:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()

"""HTTP requests to a host: redirects, refusals, and how long to wait before the next one."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn

import httpx

from ingest.sources.download.addresses import parsed
from ingest.sources.download.connection import Connection, IsPublic, PrivateAddress, is_public
from ingest.sources.download.errors import Setback, failed, of_transport, shown
from ingest.sources.download.settings import Clock, DownloadSettings

_MAY_PASS = {408, 425, 429, 500, 502, 503, 504}
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)")


class Answer:
    """A response, its body unread, and the host that it comes from by name if a redirect led there."""

    def __init__(self, response: httpx.Response, connection: Connection, asked: str) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        answering = response.request.url.host
        self.host = "the host" if answering == asked else answering
        self.connection = connection

    def body(self, read_seconds: float) -> Iterator[bytes]:
        """Yield the body as it comes, not unpacked; each piece of it must arrive within `read_seconds`."""
        self.connection.give(read_seconds)
        for piece in self.response.iter_raw():
            self.connection.give(math.inf)  # what is done with it is not the host's time
            yield piece
            self.connection.give(read_seconds)


class Host:
    """A client that requests one file at a time and returns only usable responses."""

    def __init__(
        self,
        client: httpx.Client,
        settings: DownloadSettings,
        clock: Clock,
        is_public: IsPublic = is_public,
    ) -> None:
        self._client = client
        self._is_public = is_public
        self.settings = settings
        self.clock = clock

    @contextmanager
    def answer(self, url: str, headers: Mapping[str, str]) -> Iterator[Answer]:
        """Ask for `url` and follow redirects; the answer's status is 200, 206, 304 or 416, its body unread.

        Reading the body raises the same errors.

        Raises:
            DownloadError: If asking again is no use.
            Setback: If it may help.
        """
        with self.any_answer(url, headers) as answer:
            if answer.status not in (200, 206, 304, 416):
                self._refuse(url, answer)
            yield answer

    @contextmanager
    def any_answer(self, url: str, headers: Mapping[str, str]) -> Iterator[Answer]:
        """Do the same, whatever the answer's status is."""
        with ExitStack() as stack:
            answer = self._follow(url, headers, stack)
            with self._explained(url, answer.response.request, answer.connection):
                yield answer

    def seconds_to_wait(self, setback: Setback, in_vain: int) -> float:
        """Return the wait that the host asks for, else one that doubles with every failed try."""
        if setback.wait_seconds is not None:
            return setback.wait_seconds
        return min(2.0 ** max(0, in_vain - 1), self.settings.longest_wait_seconds)

    def _follow(self, url: str, headers: Mapping[str, str], stack: ExitStack) -> Answer:
        address = parsed(url)
        auth = httpx.BasicAuth(address.username, address.password) if address.userinfo else None
        # The client's log shows addresses, so the password travels apart.
        request = self._client.build_request("GET", address.copy_with(userinfo=b""), headers=headers)
        asked: Connection | None = None
        for _ in range(self.settings.max_redirects + 1):
            connection = stack.enter_context(
                Connection(request.url.raw_host.decode("ascii"), self._is_public, asked)
            )
            response = self._send(url, request, auth, connection)
            if response.next_request is None:
                stack.callback(response.close)
                return Answer(response, connection, address.host)
            response.close()
            asked, auth = (
                connection,
                None,
            )  # the next request has the header already, unless it goes to another host
            request = self._redirected(url, request, response.next_request)
        raise failed(
            url,
            f"it redirects more than {self.settings.max_redirects} times, at last to "
            f"{shown(str(request.url))}; check the address",
        )

    def _redirected(self, url: str, request: httpx.Request, following: httpx.Request) -> httpx.Request:
        if request.url.scheme == "https" and following.url.scheme != "https":
            raise failed(
                url,
                f"it redirects to {shown(str(following.url))}, which anybody on the way could change; "
                f"use an address that stays on https",
            )
        if following.url.scheme not in ("http", "https"):
            raise failed(
                url,
                f"{request.url.host} redirects to {shown(str(following.url))}, which is no web address;"
                f" check the address",
            )
        return following

    def _send(
        self, url: str, request: httpx.Request, auth: httpx.Auth | None, connection: Connection
    ) -> httpx.Response:
        request.extensions = {**request.extensions, "trace": connection.trace}
        connection.give(self.settings.connect_seconds + self.settings.answer_seconds)
        try:
            with self._explained(url, request, connection):
                return self._client.send(request, auth=auth, stream=True)
        except PrivateAddress as refused:
            raise failed(
                url,
                f"it redirects to {request.url.host} ({refused}), into this machine's own network, where a"
                f" public host has no say; check the address",
            ) from refused
        except (httpx.InvalidURL, UnicodeError) as error:
            raise failed(
                url, f"{request.url.host} cannot be the name of a host; check the address"
            ) from error
        except ValueError as error:  # a number of more digits than Python reads
            raise Setback(f"{request.url.host} does not keep to the rules of HTTP") from error

    @contextmanager
    def _explained(self, url: str, request: httpx.Request, connection: Connection) -> Iterator[None]:
        """Turn errors of the connection into sentences about the host that it leads to."""
        try:
            yield
        except httpx.TransportError as error:
            if connection.is_cut:
                raise Setback(f"{request.url.host} does not answer in time") from error
            raise of_transport(url, request.url.host, error) from error

    def _refuse(self, url: str, answer: Answer) -> NoReturn:
        status = f"{answer.status} {answer.response.reason_phrase}".rstrip()
        if answer.status in _MAY_PASS:
            wait = wanted_wait(answer.headers.get("retry-after"), self.clock.now())
            if wait is not None and wait > self.settings.longest_wait_seconds:
                raise failed(
                    url,
                    f"{answer.host} answers {status} and asks to be left alone for {wait:.0f} s;"
                    f" try again then",
                )
            raise Setback(f"{answer.host} answers {status}", wait)
        if answer.status in (401, 403, 407):
            raise failed(
                url,
                f"{answer.host} does not give it to everybody ({status});"
                f" check the address and its access rights",
            )
        if answer.status in (404, 410):
            raise failed(url, f"{answer.host} has no such file ({status}); check the address")
        raise failed(url, f"{answer.host} answers {status}; check the address")


def wanted_wait(retry_after: str | None, now: datetime) -> float | None:
    """Return the seconds from `now` that a Retry-After header asks for, None if it asks for nothing."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def continued_from(headers: httpx.Headers) -> tuple[int | None, int | None]:
    """Return the first byte that a 206 answer sends, and the size of the whole file; None where unsaid."""
    said = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
    if said is None:
        return None, None
    return int(said[1]), None if said[3] == "*" else int(said[3])

"""HTTP requests to a host: redirects, refusals, and how long to wait before the next one."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn

import httpx

from ingest.sources.download.addresses import parsed
from ingest.sources.download.errors import Setback, failed, of_transport, shown
from ingest.sources.download.settings import Clock, DownloadSettings

_MAY_PASS = {408, 425, 429, 500, 502, 503, 504}
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


class Host:
    """A client that requests one file at a time and returns only usable responses."""

    def __init__(self, client: httpx.Client, settings: DownloadSettings, clock: Clock) -> None:
        self._client = client
        self.settings = settings
        self.clock = clock

    @contextmanager
    def answer(self, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Ask for `url` and follow redirects; the answer's status is 200, 206, 304 or 416, its body unread.

        Reading the body raises the same errors.

        Raises:
            DownloadError: If asking again is no use.
            Setback: If it may help.
        """
        address = parsed(url)
        try:
            response = self._follow(url, address, headers)
            try:
                if response.status_code not in (200, 206, 304, 416):
                    self._refuse(url, response)
                yield response
            finally:
                response.close()
        except httpx.TransportError as error:
            raise of_transport(url, address.host, error) from error

    def seconds_to_wait(self, setback: Setback, in_vain: int) -> float:
        """Return the wait that the host asks for, else one that doubles with every failed try."""
        if setback.wait_seconds is not None:
            return setback.wait_seconds
        return min(2.0 ** max(0, in_vain - 1), self.settings.longest_wait_seconds)

    def _follow(self, url: str, address: httpx.URL, headers: Mapping[str, str]) -> httpx.Response:
        auth = httpx.BasicAuth(address.username, address.password) if address.userinfo else None
        # The client's log shows addresses, so the password travels apart.
        request = self._client.build_request("GET", address.copy_with(userinfo=b""), headers=headers)
        for _ in range(self.settings.max_redirects + 1):
            response = self._send(url, request, auth)
            if response.next_request is None:
                return response
            response.close()
            auth = None  # the next request has the header already, unless it goes to another host
            following = response.next_request
            if request.url.scheme == "https" and following.url.scheme != "https":
                raise failed(
                    url,
                    f"it redirects to {shown(str(following.url))}, which anybody on the way could change; "
                    f"use an address that stays on https",
                )
            request = following
        raise failed(
            url,
            f"it redirects more than {self.settings.max_redirects} times, at last to "
            f"{shown(str(request.url))}; check the address",
        )

    def _send(self, url: str, request: httpx.Request, auth: httpx.Auth | None) -> httpx.Response:
        try:
            return self._client.send(request, auth=auth, stream=True)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise failed(
                url, f"{request.url.host} cannot be the name of a host; check the address"
            ) from error

    def _refuse(self, url: str, response: httpx.Response) -> NoReturn:
        status = f"{response.status_code} {response.reason_phrase}".rstrip()
        if response.status_code in _MAY_PASS:
            wait = wanted_wait(response.headers.get("retry-after"), self.clock.now())
            if wait is not None and wait > self.settings.longest_wait_seconds:
                raise failed(
                    url,
                    f"the host answers {status} and asks to be left alone for {wait:.0f} s; try again then",
                )
            raise Setback(f"the host answers {status}", wait)
        if response.status_code in (401, 403, 407):
            raise failed(
                url,
                f"the host does not give it to everybody ({status}); check the address and its access rights",
            )
        if response.status_code in (404, 410):
            raise failed(url, f"the host has no such file ({status}); check the address")
        raise failed(url, f"the host answers {status}; check the address")


def wanted_wait(retry_after: str | None, now: datetime) -> float | None:
    """Return the seconds from `now` that a Retry-After header asks for, None if it asks for nothing."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def continued_from(response: httpx.Response) -> tuple[int | None, int | None]:
    """Return the first byte that a 206 answer sends, and the size of the whole file; None where unsaid."""
    said = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", "").strip())
    if said is None:
        return None, None
    return int(said[1]), None if said[3] == "*" else int(said[3])

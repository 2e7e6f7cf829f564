"""Asks Steam from an event loop, for a person who waits: at once, or not at all.

A refresh has a client of its own (`ingest.sources.steam.client`), which waits for its turn and for hosts to
recover; nobody can wait for that here.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from pydantic import SecretStr

from steam.reply import Call, Reply
from steam.rules import DENIED, Rule, Ruling, content_of, judge
from store.steam_protocols import SteamUnavailable

log = logging.getLogger(__name__)

_KEY_HEADER = "x-webapi-key"
_TIMEOUT = aiohttp.ClientTimeout(total=10.0, sock_connect=4.0)
_MOST_BYTES = 16 * 2**20
_AT_ONCE = 4
# The terms allow 100,000 a day by a key, of which a refresh may take half.
_MOST_CALLS_A_DAY = 40_000
_FIRST_REST_SECONDS = 60.0
_LONGEST_REST_SECONDS = 15 * 60.0
# From this many rests in a row on each is as long as any, and counting further would overflow in a month.
_MOST_RESTS_COUNTED = 10
# After this many failures in a row Steam is left alone for a while.
_FAILURES_BEFORE_REST = 3
_SECONDS_TO_SECOND_TRY = 0.5
_BUSY = (403, 429)


class SteamDenied(SteamUnavailable):
    """Steam shows what was asked for to nobody who asks so."""


@dataclass(slots=True)
class _Standing:
    """How Steam has answered lately; times are by the monotonic clock."""

    rests_until: float = 0.0
    rests: int = 0
    failures: int = 0
    day: str = ""
    calls: int = 0


class SteamClient:
    """Asks Steam's Web API; the key travels in a header, and no address or answer is ever logged."""

    def __init__(
        self, host: str, key: SecretStr | None = None, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Ask the Web API at the address `host`; nothing is opened yet."""
        self._host = host.rstrip("/")
        self._key = key
        self._monotonic = monotonic
        self._session: aiohttp.ClientSession | None = None
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._standing = _Standing()

    async def ask(self, call: Call) -> dict[str, Any]:
        """Return what an answer holds, asking a second time where the first fails by chance.

        Raises:
            SteamDenied: Steam shows it to nobody who asks so.
            SteamUnavailable: There is no answer now. The log says why, without saying whom it was about.
        """
        async with self._turns:
            for is_last in (False, True):
                self._take_turn()
                try:
                    reply = await self._send(call)
                except (aiohttp.ClientError, TimeoutError, OSError) as error:
                    problem = type(error).__name__
                else:
                    rule = judge(call, reply)
                    content = content_of(call, reply)
                    if rule.ruling is Ruling.USE and content is not None:
                        self._standing.failures = self._standing.rests = 0
                        return content
                    problem = f"Steam {rule.says} (status {reply.status})"
                    self._give_up_at_once(call, reply, rule, problem)
                if is_last:
                    break
                await asyncio.sleep(_SECONDS_TO_SECOND_TRY)
            self._failed()
            log.warning("%s was not answered: %s", call.method, problem)
            raise SteamUnavailable

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _take_turn(self) -> None:
        standing, today = self._standing, datetime.now(UTC).date().isoformat()
        if standing.day != today:
            standing.day, standing.calls = today, 0
        if self._monotonic() < standing.rests_until or standing.calls >= _MOST_CALLS_A_DAY:
            raise SteamUnavailable
        standing.calls += 1

    def _give_up_at_once(self, call: Call, reply: Reply, rule: Rule, problem: str) -> None:
        """Raise SteamUnavailable where asking again is of no use, or not wanted; SteamDenied if denied."""
        if rule.ruling is Ruling.WAIT and reply.status not in _BUSY:
            return
        if rule.ruling is Ruling.FAIL and call.is_service and reply.eresult == DENIED:
            raise SteamDenied
        if rule.ruling is Ruling.NO_KEY:
            log.error("%s: Steam does not take the key; check STEAM_API_KEY", call.method)
        else:
            log.warning("%s was not answered: %s", call.method, problem)
        if rule.ruling is Ruling.WAIT:
            self._rest(reply.headers.get("retry-after"))
        raise SteamUnavailable

    def _failed(self) -> None:
        self._standing.failures += 1
        if self._standing.failures >= _FAILURES_BEFORE_REST:
            self._rest(None)

    def _rest(self, retry_after: str | None) -> None:
        """Leave Steam alone for as long as it wants, else for twice as long as the last time."""
        usual = _FIRST_REST_SECONDS * 2.0**self._standing.rests
        self._standing.rests = min(self._standing.rests + 1, _MOST_RESTS_COUNTED)
        wanted = _wanted_seconds(retry_after)
        seconds = min(usual if wanted is None else wanted, _LONGEST_REST_SECONDS)
        self._standing.rests_until = self._monotonic() + seconds

    async def _send(self, call: Call) -> Reply:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=True)
        headers = {"User-Agent": "Nextplay (a Discord bot)"}
        if call.needs_key and self._key is not None:
            headers[_KEY_HEADER] = self._key.get_secret_value()
        address = f"{self._host}/{call.method}"
        # Another host must not be sent the key.
        async with self._session.get(
            address, params=dict(call.query), headers=headers, allow_redirects=False
        ) as answer:
            body = bytearray()
            async for piece in answer.content.iter_chunked(2**16):
                body += piece
                if len(body) > _MOST_BYTES:
                    raise aiohttp.ClientPayloadError("the answer is too long")
            said = {name.lower(): value for name, value in answer.headers.items()}
            return Reply(answer.status, said, bytes(body))


def _wanted_seconds(retry_after: str | None) -> float | None:
    said = (retry_after or "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())

"""Pictures that messages show from elsewhere, fetched by the page's server so that the page itself need not.

Only what a message shows as a picture can be asked for, by a key that says nothing of its address. Redirects
are not followed, and what is not a picture, or too large, is not handed on.
"""

import logging
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
from cachetools import LRUCache

from playground.web.files import SAFE_PICTURES

_MOST_ADDRESSES = 10_000
_MOST_PICTURES = 100
_MOST_BYTES = 8 * 2**20
_SECONDS = 8.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OutsidePicture:
    """A picture as it was fetched."""

    data: bytes
    content_type: str


class OutsidePictures:
    """Gives the pictures of messages addresses below `base`, and fetches them. Close it at the end."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._addresses: LRUCache[str, str] = LRUCache(_MOST_ADDRESSES)
        self._keys: LRUCache[str, str] = LRUCache(_MOST_ADDRESSES)
        self._fetched: LRUCache[str, OutsidePicture] = LRUCache(_MOST_PICTURES)
        self._http: aiohttp.ClientSession | None = None

    def readdress(self, address: str) -> str:
        """Return where the page finds a picture; an address that is none of the web comes back as it was."""
        if urlsplit(address).scheme not in {"http", "https"}:
            return address
        key = self._keys.get(address)
        if key is None or key not in self._addresses:
            key = self._keys[address] = secrets.token_urlsafe(18)
            self._addresses[key] = address
        return f"{self._base}/{key}"

    async def fetch(self, key: str) -> OutsidePicture | None:
        """Return the picture of a key; None where there is none, or it cannot be had."""
        address = self._addresses.get(key)
        if address is None:
            return None
        if address not in self._fetched:
            try:
                found = await self._get(address)
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
                _log.info("the picture %s cannot be had: %s", address, error)
                return None
            if found is None:
                return None
            self._fetched[address] = found
        return self._fetched[address]

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.close()

    async def _get(self, address: str) -> OutsidePicture | None:
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_SECONDS), trust_env=True)
        async with self._http.get(address, allow_redirects=False) as response:
            if response.status != 200 or response.content_type not in SAFE_PICTURES:
                return None
            data = await _at_most(response.content, _MOST_BYTES)
            return None if data is None else OutsidePicture(data, response.content_type)


async def _at_most(stream: aiohttp.StreamReader, limit: int) -> bytes | None:
    """Read to the end; None if that is further than `limit` bytes."""
    data = bytearray()
    async for part in stream.iter_chunked(2**16):
        data += part
        if len(data) > limit:
            return None
    return bytes(data)

"""One request to Steam, bounded in size and time; the key travels in a header."""

import zlib
from collections.abc import Mapping

import httpx
from pydantic import SecretStr

from ingest.sources.download.errors import DownloadError, Setback
from ingest.sources.download.exchange import Host
from ingest.sources.download.settings import Clock, DownloadSettings
from ingest.sources.steam.settings import SteamHosts
from steam.reply import Call, HostName, Reply

_KEY_HEADER = "x-webapi-key"
# A page of 10,000 apps has 2 MB, one of 100 items 300 kB.
_MOST_BYTES = 64 * 2**20
# httpx does not take the key to another host with a redirect, unless it is in a header that it does not know.
LIMITS = DownloadSettings(max_redirects=0, read_seconds=30.0, answer_seconds=60.0, longest_wait_seconds=900.0)


class Exchange:
    """Sends calls, and takes what comes."""

    def __init__(self, client: httpx.Client, hosts: SteamHosts, key: SecretStr | None, clock: Clock) -> None:
        self._host = Host(client, LIMITS, clock)
        self._bases: Mapping[HostName, str] = {HostName.API: hosts.api, HostName.STORE: hosts.store}
        self._key = key

    def send(self, call: Call) -> Reply:
        """Return the answer to a call, whatever its status.

        Raises:
            Setback: None came, or half of one.
            DownloadError: The host cannot be reached at all, or redirects to another.
        """
        address = httpx.URL(f"{self._bases[call.host].rstrip('/')}/{call.method}", params=dict(call.query))
        headers = {}
        if call.needs_key and self._key is not None:
            headers[_KEY_HEADER] = self._key.get_secret_value()
        with self._host.any_answer(str(address), headers) as answer:
            said = {name.lower(): value for name, value in answer.headers.items()}
            packed = bytearray()
            for piece in answer.body(LIMITS.read_seconds):
                packed += piece
                if len(packed) > _MOST_BYTES:
                    raise DownloadError(f"{call.method} gives more than {_MOST_BYTES:,} bytes.")
            return Reply(answer.status, said, _unpacked(bytes(packed), said.get("content-encoding", "")))


def _unpacked(body: bytes, encoding: str) -> bytes:
    """Undo gzip.

    Raises:
        Setback: The body is cut short, or is not what it is called.
    """
    if encoding != "gzip":
        return body
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacking.decompress(body, _MOST_BYTES)
    except zlib.error as error:
        raise Setback("sends a body that cannot be unpacked") from error
    if not unpacking.eof:
        raise Setback("sends half a body")
    return plain

"""Why a download failed, in one sentence that names the address, what happened and the remedy."""

import re
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx

from store import NextplayError
from store.files.atomic_replace import is_disk_full

# What the client says of a connection that ends too early, which is no breach of the protocol.
_BROKEN_OFF = re.compile("disconnected|peer closed")


class DownloadError(NextplayError):
    """A file could not be downloaded; files that were there before are as they were."""


class Setback(Exception):
    """An attempt that failed for a temporary reason; `wait_seconds` is what the host asks for, if it does."""

    def __init__(self, reason: str, wait_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds


def shown(url: str) -> str:
    """Return an address as it may be shown to anybody: without password, query and fragment."""
    return re.sub(r"(?<=//)[^/?#]*@", "", re.split("[?#]", url, maxsplit=1)[0])


def failed(url: str, reason: str) -> DownloadError:
    """Return the error for `url`; `reason` says what happened and what to do."""
    return DownloadError(f"{shown(url)} could not be downloaded: {reason}.")


def not_saved(name: str, folder: Path, error: OSError) -> DownloadError:
    """Return the error for a folder that refuses the file `name`."""
    remedy = "free some space" if is_disk_full(error) else "check the folder and its permissions"
    return DownloadError(
        f"{name} could not be saved in {folder}: {error.strerror or error}; {remedy} and try again."
    )


def of_transport(url: str, host: str, error: httpx.TransportError) -> DownloadError | Setback:
    """Return the error for a failed connection, or for a host that is down and not worth a retry at once."""
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return failed(
                url, f"no host of the name {host} was found; check the address and this machine's network"
            )
        if isinstance(cause, ConnectionRefusedError):
            return failed(url, f"{host} refuses connections; it may be down, so try again later")
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", None) or cause.reason or "no agreement on encryption"
            return failed(
                url,
                f"the connection to {host} would not be safe ({reason}); "
                f"check the address and this machine's clock",
            )
    if isinstance(error, httpx.ProxyError | httpx.UnsupportedProtocol):
        return failed(url, f"{error}; check the address and the proxy settings")
    return Setback(_setback(host, error))


def _setback(host: str, error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return f"{host} does not answer in time"
    if isinstance(error, httpx.RemoteProtocolError) and not _BROKEN_OFF.search(str(error)):
        return f"{host} does not keep to the rules of HTTP"
    return f"the connection to {host} broke off"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

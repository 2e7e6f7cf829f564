"""No test opens a connection beyond this machine: it is refused, and the test that tried fails."""

import ipaddress
import sys
from collections.abc import Collection, Iterator

import pytest

_CONNECTING = ("socket.connect", "socket.sendto")
_LOCAL_NAMES = ("", "localhost")
_attempts: list[str] = []


def is_local(address: object) -> bool:
    """Return whether an address of a socket is on this machine; a path or a name of Linux is."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0]).partition("%")[0]
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host in _LOCAL_NAMES
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_loopback or found.is_unspecified


def _refuse(
    event: str, arguments: tuple[object, ...], connecting: Collection[str] = _CONNECTING
) -> None:  # bound, as the hook outlives the names of its module
    if event in connecting and not is_local(arguments[1]):
        attempt = f"{event} {arguments[1]}"
        _attempts.append(attempt)
        raise OSError(f"tests connect to this machine alone: {attempt}")


def pytest_configure() -> None:
    # A hook of the interpreter cannot be taken off; it also sees what C code of the standard library opens.
    sys.addaudithook(_refuse)


@pytest.fixture(autouse=True)
def only_loopback() -> Iterator[list[str]]:
    """Yield what a test tried to reach beyond this machine, and fail it, whoever swallowed the refusal."""
    _attempts.clear()
    yield _attempts
    assert not _attempts, f"a test connects to this machine alone: {_attempts}"

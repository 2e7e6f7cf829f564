"""The connection of a request: which host it may reach, and how long it may take.

httpx tells of both by a request's extension `trace`, before anything is sent.
"""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Event, Thread
from typing import Any

# Tells by the address of the other end, and by our own, whether a connection has left this network.
IsPublic = Callable[[str, str], bool]

_SECONDS_BETWEEN_LOOKS = 0.2
# Addresses of IPv4 as they are written in IPv6: where a network translates them (RFC 6052, 7915), and as they
# once were (RFC 4291). `ipaddress` knows the other forms.
_TRANSLATED = tuple(map(ip_network, ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")))
# All of the internet's hosts by IPv6 are in the first, but for examples (RFC 9637).
_GLOBAL_UNICAST, _EXAMPLES = ip_network("2000::/3"), ip_network("3fff::/20")
# The last labels of names that are looked up within a network alone (RFC 6761, 6762, 8375, and by usage).
_LOCAL_NAMES = ("localhost", "local", "internal", "lan", "home.arpa")


class PrivateAddress(Exception):
    """A redirect leads into a network where the host that redirects has no say; the message is the host."""


def is_public(peer: str, own: str) -> bool:
    """Return whether `peer` is on the internet, and neither in this network nor this machine, `own`."""
    address = _innermost(peer)
    is_outside = address.is_global and not address.is_multicast and address != _innermost(own)
    return is_outside and (address.version == 4 or (address in _GLOBAL_UNICAST and address not in _EXAMPLES))


class Connection:
    """The connection of one request; use it as a context manager, and its `trace` as that of the request.

    It is cut off when the time is up that was given last, whatever the other end does meanwhile: a timeout of
    httpx begins again with every byte.
    """

    def __init__(self, host: str, is_public: IsPublic, redirected_from: "Connection | None" = None) -> None:
        """Prepare for a request to `host`.

        Args:
            host: The host as the address of the request names it, in ASCII.
            is_public: Classifies addresses.
            redirected_from: The connection of the answer that redirects here, if this request follows one.
        """
        self._host = host
        self._is_public = is_public
        self._redirected_from = redirected_from
        self._is_direct = True
        self._socket: socket.socket | None = None
        self._deadline = float("inf")
        self._ended = Event()
        # A proxy alone knows whom it connects to: the name has to do.
        self._leads_outside = _is_public_name(host)
        self.is_cut = False

    @property
    def has_left(self) -> bool:
        """Whether this host, or one that redirected to it, is outside this network."""
        return self._leads_outside or (self._redirected_from is not None and self._redirected_from.has_left)

    def __enter__(self) -> "Connection":
        Thread(target=self._watch, name="connection", daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        if self._socket is not None:
            self._socket.close()

    def give(self, seconds: float) -> None:
        """Cut the connection off in this many seconds, unless others are given until then."""
        self._deadline = time.monotonic() + seconds

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Look at the connection as it is made.

        Raises:
            PrivateAddress: It leads where a redirect must not lead; nothing was sent.
        """
        if event.endswith("connect_tcp.started"):
            self._is_direct = info["host"] == self._host
            if not self._is_direct:
                self._require_allowed(self._host)
        elif event.endswith("connect_tcp.complete"):
            stream = info["return_value"]
            self._socket = stream.get_extra_info("socket").dup()
            if self._is_direct:
                peer, own = (stream.get_extra_info(end)[0] for end in ("server_addr", "client_addr"))
                self._leads_outside = self._is_public(peer, own)
                with _closed_on_error(stream):
                    self._require_allowed(peer)

    def _require_allowed(self, address: str) -> None:
        asked = self._redirected_from
        if asked is None:
            return  # an admin may name any host
        if (asked.has_left and not self._leads_outside) or _is_link_local(address):
            raise PrivateAddress(address)

    def _watch(self) -> None:
        while not self._ended.wait(_SECONDS_BETWEEN_LOOKS):
            if time.monotonic() > self._deadline and self._socket is not None:
                self.is_cut = True
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
                return


@contextlib.contextmanager
def _closed_on_error(stream: Any) -> Iterator[None]:
    try:
        yield
    except PrivateAddress:
        stream.close()
        raise


def _innermost(address: str) -> IPv4Address | IPv6Address:
    """Return an address, that of IPv4 where one of IPv6 stands for it."""
    outer = ip_address(address.partition("%")[0])
    if isinstance(outer, IPv4Address):
        return outer
    is_local = outer.is_loopback or outer.is_unspecified
    if not is_local and any(outer in network for network in _TRANSLATED):
        return IPv4Address(int(outer) & 0xFFFFFFFF)
    return outer.ipv4_mapped or outer.sixtofour or (outer.teredo[1] if outer.teredo else outer)


def _is_link_local(address: str) -> bool:
    with contextlib.suppress(ValueError):
        return _innermost(address.rstrip(".")).is_link_local
    return False


def _is_public_name(host: str) -> bool:
    """Return whether a name, as far as can be told without looking it up, is not of this network."""
    host = host.rstrip(".").lower()
    with contextlib.suppress(OSError):
        # Takes 127.1 and 0x7f000001 too, as looking a host up does.
        host = socket.inet_ntoa(socket.inet_aton(host))
    with contextlib.suppress(ValueError):
        return is_public(host, "0.0.0.0")  # noqa: S104 - compared, not bound
    return "." in host and not f".{host}".endswith(tuple(f".{name}" for name in _LOCAL_NAMES))

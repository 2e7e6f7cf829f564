"""Tests reach this machine and no other, whatever they use to connect."""

import asyncio
import socket
from collections.abc import Callable

import httpx
import pytest

from tests.only_loopback import is_local

# Addresses that nobody has (RFC 5737, RFC 3849).
BEYOND = "192.0.2.1"


def by_socket() -> None:
    with socket.socket() as one:
        one.connect((BEYOND, 80))


def by_datagram() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as one:
        one.sendto(b"", (BEYOND, 53))


def by_httpx() -> None:
    httpx.get(f"http://{BEYOND}/")


def by_event_loop() -> None:
    asyncio.run(asyncio.wait_for(asyncio.open_connection(BEYOND, 80), 5))


@pytest.mark.parametrize("connect", [by_socket, by_datagram, by_httpx, by_event_loop])
def test_a_connection_beyond_this_machine_is_refused_and_told(
    connect: Callable[[], None], only_loopback: list[str]
) -> None:
    with pytest.raises((OSError, httpx.ConnectError)):
        connect()
    assert [attempt for attempt in only_loopback if BEYOND in attempt]
    only_loopback.clear()


@pytest.mark.parametrize(
    ("address", "local"),
    [
        (("127.0.0.1", 80), True),
        (("127.8.9.1", 80), True),
        (("::1", 80, 0, 0), True),
        (("::1%lo", 80, 0, 0), True),
        (("localhost", 80), True),
        (("0.0.0.0", 80), True),
        ("/run/some.socket", True),
        (b"\0name", True),
        (("192.0.2.1", 80), False),
        (("2001:db8::1", 80, 0, 0), False),
        (("10.0.0.1", 80), False),
        (("api.steampowered.com", 443), False),
    ],
)
def test_what_is_of_this_machine(address: object, local: bool) -> None:
    assert is_local(address) is local

"""Hosts that stall, flood, break the rules or lead elsewhere are given up, each with its own sentence."""

import contextlib
import logging
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ingest.sources.download import DownloadError, DownloadSettings, RemoteFile, download
from ingest.sources.download.connection import _is_public_name as is_public_name
from ingest.sources.download.connection import is_public
from tests.ingest.sources.download.fetching import CONTENT, NAME, PatientClock
from tests.ingest.sources.download.host import Host, Served, serving, status

pytestmark = pytest.mark.slow

IMPATIENT = DownloadSettings(
    connect_seconds=0.2,
    read_seconds=0.3,
    answer_seconds=0.3,
    attempts=2,
    patience_seconds=0.3,
    longest_seconds=2.0,
)
HEAD = b"HTTP/1.1 200 OK\r\n"
# What a host sends that never ends: a beginning at once, and then the same again and again.
Flow = tuple[bytes, bytes]


@contextlib.contextmanager
def pouring(beginning: bytes, more: bytes, seconds: float) -> Iterator[str]:
    """Run a host that answers everybody with `beginning` and, every so many seconds, with `more`."""
    ended = threading.Event()

    def pour(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.recv(65536)
            connection.sendall(beginning)
            while more and not ended.wait(seconds):
                connection.sendall(more)

    def accept(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=pour, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, args=(listening,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/{NAME}"
        finally:
            ended.set()
            listening.shutdown(socket.SHUT_RDWR)


def refused(url: str, folder: Path, settings: DownloadSettings = IMPATIENT) -> str:
    with pytest.raises(DownloadError) as refusal:
        download([RemoteFile(url, NAME)], folder, settings=settings, clock=PatientClock())
    assert not (folder / NAME).exists()
    return str(refusal.value)


LENGTH = f"Content-Length: {len(CONTENT)}\r\n\r\n".encode()
STALLS: dict[str, tuple[Flow, str]] = {
    "one byte of the status after the other": ((b"H", b"T"), "does not answer in time|rules of HTTP"),
    "one byte of a header after the other": ((HEAD + b"X-Slow: ", b"a"), "does not answer in time"),
    "one header after the other": ((HEAD, b"X: y\r\n"), "does not answer in time"),
    "nothing at all": ((b"", b""), "broke off"),
    "one byte of the body after the other": (
        (HEAD + LENGTH, b"a"),
        "sends less than 1024 bytes a second; try again later to go on from there",
    ),
    "one chunk of a byte after the other": (
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        "sends less than 1024 bytes a second",
    ),
    "a chunk that is announced for ever": (
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;", b"a"),
        "does not answer in time",
    ),
    "trailers for ever": (
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
        "does not answer in time",
    ),
}


@pytest.mark.parametrize(("flow", "why"), STALLS.values(), ids=STALLS.keys())
def test_a_host_that_keeps_a_connection_alive_without_need_is_given_up(
    tmp_path: Path, flow: Flow, why: str
) -> None:
    with pouring(*flow, seconds=0.02) as url:
        assert re.search(why, refused(url, tmp_path))


def test_a_body_that_never_ends_is_given_up_in_time(tmp_path: Path) -> None:
    with pouring(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"400\r\n" + bytes(1024) + b"\r\n", 0.02
    ) as url:
        assert "it takes longer than" in refused(url, tmp_path)


FLOODS: dict[str, tuple[Flow, str]] = {
    "headers without end": (
        (HEAD, b"X-Flood: " + b"a" * 1000 + b"\r\n"),
        "does not keep to the rules of HTTP",
    ),
    "a header without end": ((HEAD + b"X: ", b"a" * 10_000), "does not keep to the rules of HTTP"),
    "no HTTP": ((b"220 ready\r\n\r\n", b""), "does not keep to the rules of HTTP|broke off"),
    "two lengths": (
        (HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", b""),
        "does not keep to the rules of HTTP",
    ),
    "a negative length": ((HEAD + b"Content-Length: -5\r\n\r\nhello", b""), "does not keep to the rules"),
    "a length of five thousand digits": (
        (HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nhello", b""),
        "does not keep to the rules|larger than|announced",
    ),
    "a length beyond the limit": (
        (HEAD + b"Content-Length: 999999999999\r\n\r\nhello", b""),
        "is larger than the limit",
    ),
    "a chunk of no length": (
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", b""),
        "does not keep to the rules of HTTP",
    ),
    "a redirect to nowhere": (
        (b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n", b""),
        "does not keep to the rules of HTTP",
    ),
    "a redirect to a file": (
        (b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", b""),
        "which is no web address; check the address",
    ),
}


@pytest.mark.parametrize(("flow", "why"), FLOODS.values(), ids=FLOODS.keys())
def test_a_host_that_floods_or_breaks_the_rules_is_given_up(tmp_path: Path, flow: Flow, why: str) -> None:
    with pouring(*flow, seconds=0.0001) as url:
        assert re.search(why, refused(url, tmp_path))


PAGE = b"<!DOCTYPE html>\n<html><body>Please log in</body></html>\n"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"


@pytest.mark.parametrize(
    ("body", "what"), [(PAGE, "it is a web page"), (POINTER, "it is a pointer of Git LFS")]
)
@pytest.mark.parametrize("name", [NAME, "steam_games.json"])
def test_something_else_in_place_of_a_file_leaves_the_old_one(
    host: Host, tmp_path: Path, body: bytes, what: str, name: str
) -> None:
    (tmp_path / name).write_bytes(b"old")
    host.files[f"/{name}"] = Served(body)
    with pytest.raises(DownloadError, match=f"what arrived was removed because {what}"):
        download([RemoteFile.at(host.url(f"/{name}"))], tmp_path)
    assert (tmp_path / name).read_bytes() == b"old"


# Loopback has many addresses: this one stands for the internet.
PUBLIC = "127.0.0.2"


def is_public_here(peer: str, _own: str) -> bool:
    return peer == PUBLIC


@pytest.fixture
def hosts(host: Host) -> Iterator[tuple[Host, Host]]:
    """A host outside, and one of this network with the file, on the same port."""
    host.files[f"/{NAME}"] = Served(CONTENT)
    try:
        with serving(PUBLIC, urlsplit(host.base).port or 0) as outside:
            yield outside, host
    except OSError:
        pytest.skip(f"needs a second address of loopback, {PUBLIC}")


INWARDS = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://127.0.0.1.:{port}/",
]


@pytest.mark.parametrize("inwards", INWARDS)
def test_a_public_host_cannot_redirect_into_this_network(
    hosts: tuple[Host, Host], tmp_path: Path, inwards: str
) -> None:
    outside, inside = hosts
    target = inwards.format(port=urlsplit(inside.base).port)
    outside.then(status(302, location=target + NAME))
    with pytest.raises(DownloadError, match=r"into this machine's own network|no host of|no such file"):
        download([RemoteFile(outside.url(f"/{NAME}"), NAME)], tmp_path, is_public=is_public_here)
    assert inside.asked == []


def test_a_public_host_cannot_redirect_into_this_network_by_way_of_another(
    hosts: tuple[Host, Host], tmp_path: Path
) -> None:
    outside, inside = hosts
    outside.then(status(302, location="/again"), status(307, location=inside.url(f"/{NAME}")))
    with pytest.raises(DownloadError, match=r"redirects to 127\.0\.0\.1 .* this machine's own network"):
        download([RemoteFile(outside.url(f"/{NAME}"), NAME)], tmp_path, is_public=is_public_here)
    assert inside.asked == []


def test_a_name_that_leads_elsewhere_the_next_time_is_not_followed_into_this_network(
    hosts: tuple[Host, Host], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, inside = hosts
    look_up, answers = socket.getaddrinfo, iter([PUBLIC, "127.0.0.1"])

    def look_up_rebound(name: str, *more: object) -> object:
        return look_up(next(answers) if name == "rebound.example" else name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up_rebound)
    outside.then(status(302, location=f"/{NAME}"))
    url = f"http://rebound.example:{urlsplit(inside.base).port}/{NAME}"
    with pytest.raises(DownloadError, match=r"redirects to rebound\.example \(127\.0\.0\.1\)"):
        download([RemoteFile(url, NAME)], tmp_path, is_public=is_public_here)
    assert inside.asked == []


def test_an_admin_may_name_a_host_of_this_network_and_that_one_redirect_within_it(
    host: Host, tmp_path: Path
) -> None:
    host.files["/moved"] = Served(CONTENT)
    host.then(status(302, location=host.url("/moved")))
    download([RemoteFile(host.url(f"/{NAME}"), NAME)], tmp_path)
    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_a_host_of_this_network_may_redirect_to_a_public_one(
    hosts: tuple[Host, Host], tmp_path: Path
) -> None:
    outside, inside = hosts
    outside.files[f"/{NAME}"] = Served(CONTENT)
    inside.then(status(302, location=outside.url(f"/{NAME}")))
    download([RemoteFile(inside.url(f"/{NAME}"), NAME)], tmp_path, is_public=is_public_here)
    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_it_is_the_host_that_failed_that_is_named(hosts: tuple[Host, Host], tmp_path: Path) -> None:
    outside, inside = hosts
    for code, words in ((404, "has no such file"), (403, "does not give it"), (418, "answers 418")):
        inside.then(status(302, location=outside.url(f"/{NAME}")))
        outside.then(status(code))
        with pytest.raises(DownloadError, match=rf"could not be downloaded: 127\.0\.0\.2 {words}"):
            download([RemoteFile(inside.url(f"/{NAME}"), NAME)], tmp_path, is_public=is_public_here)


@pytest.mark.parametrize(
    ("peer", "own", "public"),
    [
        ("93.184.215.14", "192.168.1.7", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2001:db8::1", True),
        ("::ffff:93.184.215.14", "192.168.1.7", True),
        ("127.0.0.1", "127.0.0.1", False),
        ("::1", "::1", False),
        ("0.0.0.0", "127.0.0.1", False),
        ("10.1.2.3", "10.1.2.4", False),
        ("172.31.255.255", "10.1.2.4", False),
        ("192.168.0.1", "192.168.0.2", False),
        ("100.64.0.1", "10.1.2.4", False),
        ("169.254.169.254", "10.1.2.4", False),
        ("fe80::1%eth0", "fe80::2%eth0", False),
        ("fd00:ec2::254", "fd00::1", False),
        ("::ffff:169.254.169.254", "10.1.2.4", False),
        ("64:ff9b::a9fe:a9fe", "2001:db8::1", False),
        ("64:ff9b::5db8:d70e", "2001:db8::1", True),
        ("64:ff9b:1::a9fe:a9fe", "2001:db8::1", False),
        ("::ffff:0:169.254.169.254", "2001:db8::1", False),
        ("::127.0.0.1", "2001:db8::1", False),
        ("::10.0.0.1", "2001:db8::1", False),
        ("::", "2001:db8::1", False),
        ("fec0::1", "2001:db8::1", False),
        ("3fff::1", "2001:db8::1", False),
        ("5f00::1", "2001:db8::1", False),
        ("198.18.0.1", "10.1.2.4", False),
        ("240.0.0.1", "10.1.2.4", False),
        ("2002:7f00:1::", "2001:db8::1", False),
        ("224.0.0.1", "10.1.2.4", False),
        ("93.184.215.14", "93.184.215.14", False),
    ],
)
def test_only_hosts_of_the_internet_are_public(peer: str, own: str, public: bool) -> None:
    assert is_public(peer, own) is public


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("example.com", True),
        ("example.com.", True),
        ("93.184.215.14", True),
        ("mylocalhost.com", True),
        ("localhost", False),
        ("LOCALHOST.", False),
        ("files.localhost", False),
        ("nas", False),
        ("nas.local", False),
        ("metadata.google.internal", False),
        ("router.home.arpa.", False),
        ("127.0.0.1.", False),
        ("169.254.169.254.", False),
        ("0177.0.0.1", False),
        ("2130706433", False),
        ("0x7f.1", False),
        ("0", False),
        ("::1", False),
        ("::ffff:7f00:1", False),
    ],
)
def test_a_name_that_only_a_proxy_looks_up_is_public_unless_it_says_otherwise(
    name: str, public: bool
) -> None:
    assert is_public_name(name) is public


def test_no_secret_of_an_address_is_said_logged_or_kept(
    host: Host, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    host.files[f"/{NAME}?token=s3cret"] = Served(CONTENT)
    secret = host.url(f"/{NAME}?token=s3cret").replace("http://", "http://ada:s3cret@")
    with caplog.at_level(logging.DEBUG):
        host.then(status(302, location=f"/{NAME}?token=s3cret"))
        download([RemoteFile(secret, NAME)], tmp_path)
        host.then(status(302, location="/gone?token=s3cret"), status(404))
        with pytest.raises(DownloadError) as refusal:
            download([RemoteFile(secret + "2", NAME)], tmp_path)
    assert "httpx" in {record.name for record in caplog.records}
    assert "s3cret" not in caplog.text
    assert "s3cret" not in str(refusal.value)
    assert not [file for file in tmp_path.iterdir() if b"s3cret" in file.read_bytes()]

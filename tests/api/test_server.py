"""The API as a process or beside a bot: it starts with a sentence or serves, and it ends cleanly."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from api import connections
from api.options import ApiOptions
from api.server import ServeError, listening, served
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_a_port_that_is_taken_is_a_sentence(small_store: SmallStore) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        options = ApiOptions(port=taken.getsockname()[1])
        with pytest.raises(ServeError, match="NEXTPLAY_API_PORT"), served(small_store.database, options):
            pass


def test_a_host_that_is_no_address_is_a_sentence(small_store: SmallStore) -> None:
    with pytest.raises(ServeError, match=r"127\.0\.0\.1"), served(small_store.database, ApiOptions("here")):
        pass


def test_the_body_of_an_answer_does_not_wait_for_its_headers_to_be_acknowledged() -> None:
    with listening(ApiOptions(port=0)) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_it_ends_with_the_block_that_serves_it(small_store: SmallStore) -> None:
    before = set(threading.enumerate())
    with served(small_store.database, ApiOptions(port=0)) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/healthz")
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name == "api"]


def test_two_serve_one_store_beside_each_other(small_store: SmallStore) -> None:
    options = ApiOptions(port=0)
    with served(small_store.database, options) as one, served(small_store.database, options) as other:
        answers = [httpx.get(f"http://127.0.0.1:{port}/developer/Valve") for port in (one, other)]
    assert answers[0].json() == answers[1].json()
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_a_signal_and_ends_well(
    small_store: SmallStore, number: signal.Signals, tmp_path: Path
) -> None:
    port = free_port()
    process = start(tmp_path, "--port", str(port), "--database", str(small_store.database.file))
    try:
        assert answer_of(process, f"http://127.0.0.1:{port}/developer/Valve").status_code == 200
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert "Valve" not in said


@pytest.mark.slow
def test_the_command_says_in_a_sentence_that_the_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start(tmp_path, "--port", str(taken.getsockname()[1]))
        _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert said.startswith("nextplay: The API cannot be served at 127.0.0.1, port ")


@pytest.mark.slow
def test_the_process_alone_carries_nothing_of_the_bot() -> None:
    heavy = ("discord", "commands", "ingest", "recommender", "pandas", "matplotlib", "playground")
    script = f"import sys, api.server, bot.telemetry.logs; print(*sorted(set({heavy}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("NEXTPLAY_", "DISCORD_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "api", *arguments],
        cwd=home,
        env=clean | {"COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer_of(process: subprocess.Popen[str], address: str) -> httpx.Response:
    """Ask until the process serves."""
    while process.poll() is None:
        try:
            return httpx.get(address, timeout=30)
        except httpx.ConnectError:
            time.sleep(0.2)
    raise AssertionError(process.communicate()[1])


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n",
        b"POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
    ],
    ids=["nothing", "half the headers", "half the body"],
)
def test_who_does_not_send_a_request_to_its_end_is_not_waited_for(
    small_store: SmallStore, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "SECONDS_BETWEEN_LOOKS", 0.05)
    with (
        served(small_store.database, ApiOptions(port=0)) as port,
        socket.create_connection(("127.0.0.1", port), timeout=30) as client,
    ):
        client.sendall(sent)
        while client.recv(1024):  # what is said of it, until the connection ends
            pass


def test_a_connection_stays_open_between_two_requests(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "SECONDS_BETWEEN_LOOKS", 0.05)
    with served(small_store.database, ApiOptions(port=0)) as port, httpx.Client() as client:
        networks = []
        for _ in range(2):
            answer = client.get(f"http://127.0.0.1:{port}/healthz")
            networks.append(answer.extensions["network_stream"].get_extra_info("client_addr"))
            time.sleep(0.3)
    assert networks[0] == networks[1]

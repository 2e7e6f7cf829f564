"""Downloads from hosts that refuse, move, are not there, or do any of what hosts do in turn."""

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sources.download import DownloadError, DownloadSettings, DownloadStatus, RemoteFile, download
from ingest.sources.download.exchange import Host as Client
from ingest.sources.download.exchange import wanted_wait
from tests.ingest.sources.download.fetching import CONTENT, FEW, NAME, PatientClock, fetch, packed, refused
from tests.ingest.sources.download.host import (
    Exchange,
    Host,
    Served,
    break_off,
    claim,
    ignore_range,
    serving,
    status,
    type_of_answer,
)

pytestmark = pytest.mark.slow


class TestRefusals:
    @pytest.mark.parametrize("code", [429, 503])
    def test_a_busy_host_is_left_alone_for_as_long_as_it_asks(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock, code: int
    ) -> None:
        host.then(status(code, retry_after="7"), status(code, retry_after="Mon, 20 Apr 2026 04:30:30 GMT"))

        assert fetch(host, tmp_path, clock).path.read_bytes() == CONTENT
        assert clock.slept == [7, 23]

    def test_a_host_that_asks_for_no_time_is_tried_after_ever_longer_waits(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(*[status(503)] * 9)
        with pytest.raises(DownloadError):
            fetch(host, tmp_path, clock, settings=DownloadSettings(attempts=6, longest_wait_seconds=5))

        assert clock.slept == [1, 2, 4, 5, 5]

    def test_a_host_that_stays_busy_is_named_in_the_end(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(*[status(503)] * 3)

        assert refused(host, tmp_path, clock).endswith(
            "the host answers 503 Service Unavailable (3 tries brought nothing new); "
            "try again later or check the address."
        )

    def test_a_host_that_asks_for_very_long_is_not_waited_for(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(status(429, retry_after="86400"))

        assert "asks to be left alone for 86400 s; try again then" in refused(host, tmp_path, clock)
        assert clock.slept == []

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            (404, "the host has no such file (404 Not Found); check the address."),
            (410, "the host has no such file (410 Gone); check the address."),
            (401, "not give it to everybody (401 Unauthorized); check the address and its access rights."),
            (403, "not give it to everybody (403 Forbidden); check the address and its access rights."),
            (418, "the host answers 418 I'm a Teapot; check the address."),
        ],
    )
    def test_a_refusal_that_will_not_pass_is_said_at_once(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock, code: int, said: str
    ) -> None:
        host.then(status(code))

        assert refused(host, tmp_path, clock).endswith(said)
        assert len(host.asked) == 1

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            (None, None),
            ("120", 120),
            (" 0 ", 0),
            ("soon", None),
            ("-5", None),
            ("Mon, 20 Apr 2026 04:31:00 GMT", 60),
            ("Mon, 20 Apr 2026 04:31:00 -0000", 60),
            ("Mon, 20 Apr 2020 04:31:00 GMT", 0),
        ],
    )
    def test_retry_after_is_seconds_or_a_moment(
        self, clock: PatientClock, header: str | None, seconds: float | None
    ) -> None:
        assert wanted_wait(header, clock.now()) == seconds


class TestRedirects:
    def test_a_redirect_is_followed_and_the_name_stays(
        self, host: Host, served: Served, tmp_path: Path
    ) -> None:
        host.files["/elsewhere"] = served
        host.then(status(302, location="/elsewhere"))

        file = fetch(host, tmp_path)

        assert file.path.name == NAME
        assert file.path.read_bytes() == CONTENT
        assert [asked.path for asked in host.asked] == [f"/{NAME}", "/elsewhere"]

    def test_a_continuation_is_redirected_too(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.files["/elsewhere"] = served
        host.then(break_off(after=70_000), status(307, location="/elsewhere"))

        assert fetch(host, tmp_path, clock).status is DownloadStatus.RESUMED

    def test_redirects_in_a_circle_end(self, host: Host, served: Served, tmp_path: Path) -> None:
        host.then(*[status(301, location=f"/{NAME}")] * 20)

        assert f"redirects more than 5 times, at last to {host.base}/{NAME};" in refused(host, tmp_path)

    @pytest.mark.parametrize("location", ["http://host.example/a.json", "ftp://host.example/a.json"])
    def test_https_is_never_left(self, clock: PatientClock, location: str) -> None:
        answers = httpx.MockTransport(lambda _request: httpx.Response(302, headers={"Location": location}))
        with httpx.Client(transport=answers) as client:
            host = Client(client, DownloadSettings(), clock)
            with (
                pytest.raises(DownloadError, match=r"redirects to .*; use an address that stays on https\."),
                host.answer("https://host.example/a.json", {}),
            ):
                pytest.fail("an answer was handed out")

    def test_a_password_is_not_passed_on_to_another_host(
        self, host: Host, served: Served, tmp_path: Path
    ) -> None:
        with serving() as other:
            other.files[f"/{NAME}"] = served
            host.then(status(302, location=other.url(f"/{NAME}")))
            download([RemoteFile.at(host.url(f"/{NAME}").replace("//", "//me:hunter2@"))], tmp_path)

        assert host.asked[0].headers["Authorization"] is not None
        assert other.asked[0].headers["Authorization"] is None


class TestHostsThatAreNotThere:
    def test_a_host_that_refuses_connections_is_named(self, host: Host, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        remote = RemoteFile.at(f"http://127.0.0.1:{port}/{NAME}")

        with pytest.raises(DownloadError, match=r"127\.0\.0\.1 refuses connections; it may be down, so try"):
            download([remote], tmp_path)

    def test_a_host_without_an_address_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def nobody(*_args: object, **_kwargs: object) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", nobody)

        with pytest.raises(DownloadError, match=r"no host of the name host\.example was found; check"):
            download([RemoteFile.at(f"http://host.example/{NAME}")], tmp_path)

    def test_a_name_that_no_host_can_have_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(DownloadError, match=r"a\.\.b cannot be the name of a host; check the address"):
            download([RemoteFile.at(f"http://a..b/{NAME}")], tmp_path)

    def test_a_host_without_encryption_is_not_asked_over_https(self, host: Host, tmp_path: Path) -> None:
        with pytest.raises(DownloadError, match=r"127\.0\.0\.1 would not be safe \("):
            download([RemoteFile.at(host.url(f"/{NAME}").replace("http:", "https:"))], tmp_path)

    def test_a_host_that_falls_silent_is_given_up(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        over = threading.Event()

        def fall_silent(_exchange: Exchange) -> None:
            over.wait(10)

        host.then(fall_silent, fall_silent)
        try:
            with pytest.raises(DownloadError, match="does not answer in time"):
                fetch(host, tmp_path, clock, settings=DownloadSettings(attempts=2, read_seconds=0.05))
        finally:
            over.set()


WAYS: dict[str, Callable[[int], type_of_answer]] = {
    "breaks off": lambda n: break_off(after=n),
    "ignores the range": lambda _n: ignore_range,
    "claims more": lambda n: claim(len(CONTENT) + 1 + n),
    "claims less": lambda n: claim(max(1, len(CONTENT) - 1 - n)),
    "is busy": lambda _n: status(503),
    "has nothing new": lambda _n: status(304),
    "has no such range": lambda _n: status(416),
}


@settings(max_examples=30)
@given(
    story=st.lists(
        st.tuples(st.sampled_from(sorted(WAYS)), st.integers(0, 150_000), st.booleans()), max_size=8
    ),
    tells_versions=st.sampled_from(["by ETag", "by time", "wrongly", "not at all"]),
)
def test_whatever_a_host_does_the_file_is_one_of_its_versions_or_none(
    story: list[tuple[str, int, bool]], tells_versions: str
) -> None:
    def version(number: int) -> Served:
        return Served(
            packed(number, 180_000),
            etag={"by ETag": f'"{number}"', "wrongly": '"always"'}.get(tells_versions),
            last_modified=f"Mon, 20 Apr 2026 04:{number:02}:00 GMT" if tells_versions == "by time" else None,
        )

    def misbehave(way: str, n: int, *, then_changes: bool) -> type_of_answer:
        def answer(exchange: Exchange) -> None:
            WAYS[way](n)(exchange)
            if then_changes:
                versions.append(version(len(versions)))
                host.files[f"/{NAME}"] = versions[-1]

        return answer

    versions = [version(0)]
    with serving() as host, TemporaryDirectory() as folder:
        host.files[f"/{NAME}"] = versions[0]
        host.then(*[misbehave(way, n, then_changes=changes) for way, n, changes in story])
        target = Path(folder) / NAME
        for _ in range(2):  # the second run starts from what the first has left
            try:
                fetch(host, Path(folder), settings=FEW)
            except DownloadError:
                continue
            assert target.read_bytes() in [known.content for known in versions]
        assert not target.exists() or target.read_bytes() in [known.content for known in versions]

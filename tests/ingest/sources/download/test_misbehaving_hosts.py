"""Downloads from hosts that break off, lie, refuse, move or are not there."""

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
from tests.ingest.sources.download.conftest import PatientClock
from tests.ingest.sources.download.fetching import CONTENT, NAME, SHA256, Recorded, fetch, packed
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

FEW = DownloadSettings(attempts=3, read_seconds=5)


@pytest.fixture
def served(host: Host) -> Served:
    host.files[f"/{NAME}"] = Served(CONTENT, etag='"one"')
    return host.files[f"/{NAME}"]


def refused(host: Host, folder: Path, clock: PatientClock | None = None, *, sha256: str | None = None) -> str:
    """Return what is said of a download that fails; no file may have its name, whole or half."""
    with pytest.raises(DownloadError) as raised:
        fetch(host, folder, clock, sha256=sha256, settings=FEW)
    assert not (folder / NAME).exists()
    sentence = str(raised.value)
    assert sentence.startswith(f"{host.base}/{NAME} could not be downloaded: ")
    return sentence


class TestBreaks:
    def test_a_download_goes_on_from_where_it_broke_off(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(break_off(after=70_000), break_off(after=50_000))

        file = fetch(host, tmp_path, clock)

        assert file.status is DownloadStatus.RESUMED
        assert file.path.read_bytes() == CONTENT
        assert [asked.headers["Range"] for asked in host.asked] == [None, "bytes=70000-", "bytes=120000-"]

    def test_breaks_that_each_bring_something_are_endured_beyond_the_number_of_tries(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(*[break_off(after=10_000)] * 12)

        assert fetch(host, tmp_path, clock, settings=FEW).path.read_bytes() == CONTENT

    def test_tries_that_bring_nothing_end_and_the_part_stays(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(break_off(after=10_000), *[break_off(after=0)] * 3)

        assert refused(host, tmp_path, clock).endswith(
            "broke off (3 tries brought nothing new); try again later to go on from there."
        )
        assert clock.slept == [1, 1, 2]
        assert fetch(host, tmp_path).status is DownloadStatus.RESUMED

    def test_a_host_that_cannot_continue_sends_all_again(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(break_off(after=70_000), ignore_range)

        file = fetch(host, tmp_path, clock)

        assert file.status is DownloadStatus.FETCHED
        assert file.path.read_bytes() == CONTENT

    def test_a_file_that_changes_in_between_comes_anew(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        def change(exchange: Exchange) -> None:
            break_off(after=70_000)(exchange)
            host.files[f"/{NAME}"] = Served(packed(2), etag='"two"')

        host.then(change)

        file = fetch(host, tmp_path, clock)

        assert file.path.read_bytes() == packed(2)
        assert file.status is DownloadStatus.FETCHED

    @pytest.mark.parametrize(
        ("etag", "first", "total"),
        [('"two"', 70_000, None), ('"one"', 60_000, None), ('"one"', 70_000, 90_000)],
        ids=["of another version", "from elsewhere", "of another size"],
    )
    def test_a_wrong_continuation_is_not_appended_even_where_nothing_else_would_show_it(
        self, host: Host, tmp_path: Path, clock: PatientClock, etag: str, first: int, total: int | None
    ) -> None:
        host.files["/games.json"] = Served(CONTENT, etag='"one"')  # no gzip by its name, and no checksum

        def continue_wrongly(exchange: Exchange) -> None:
            headers = {"ETag": etag} | exchange.content_range(first, total)
            exchange.send(206, headers, bytes(len(CONTENT) - 70_000))

        host.then(break_off(after=70_000), continue_wrongly)
        (file,) = download([RemoteFile.at(host.url("/games.json"))], tmp_path, clock=clock).files

        assert file.path.read_bytes() == CONTENT
        assert file.status is DownloadStatus.FETCHED

    def test_the_part_of_another_address_is_not_continued(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.files[f"/mirror/{NAME}"] = served
        host.then(break_off(after=70_000))
        with pytest.raises(DownloadError):
            fetch(host, tmp_path, settings=DownloadSettings(attempts=0))

        download([RemoteFile.at(host.url(f"/mirror/{NAME}"))], tmp_path, clock=clock)

        assert host.asked[1].headers["Range"] is None

    @pytest.mark.parametrize("etag", [None, 'W/"one"'])
    def test_without_a_way_to_tell_versions_apart_a_break_starts_anew(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock, etag: str | None
    ) -> None:
        served.etag = etag
        host.then(break_off(after=70_000))

        assert fetch(host, tmp_path, clock).status is DownloadStatus.FETCHED
        assert host.asked[1].headers["Range"] is None

    def test_a_known_checksum_is_a_way_to_tell_versions_apart(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        served.etag = None
        host.then(break_off(after=70_000))

        assert fetch(host, tmp_path, clock, sha256=SHA256).status is DownloadStatus.RESUMED

    def test_parts_that_do_not_fit_together_are_dropped_and_fetched_anew(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        served.content, served.etag = packed(2), None  # without an ETag nothing shows that this changes
        host.then(break_off(after=70_000))
        with pytest.raises(DownloadError):
            fetch(host, tmp_path, clock, sha256=SHA256, settings=DownloadSettings(attempts=0))
        served.content = CONTENT

        file = fetch(host, tmp_path, clock, sha256=SHA256)

        assert file.path.read_bytes() == CONTENT
        assert file.status is DownloadStatus.FETCHED

    def test_a_part_longer_than_the_file_is_dropped(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(break_off(after=70_000))
        with pytest.raises(DownloadError):
            fetch(host, tmp_path, settings=DownloadSettings(attempts=0))
        with (tmp_path / f"{NAME}.part").open("ab") as part:
            part.write(CONTENT * 2)

        assert fetch(host, tmp_path, clock).path.read_bytes() == CONTENT


class TestLies:
    def test_a_length_that_is_too_long_is_noticed(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(*[claim(len(CONTENT) + 10)] * 9)
        served.etag = None

        assert "broke off" in refused(host, tmp_path, clock)

    def test_a_length_that_is_too_short_is_noticed_by_the_checksum(
        self, host: Host, served: Served, tmp_path: Path
    ) -> None:
        host.then(claim(len(CONTENT) - 10))

        said = refused(host, tmp_path, sha256=SHA256)

        assert "was removed because its checksum is " in said
        assert said.endswith(f"and not {SHA256[:12]}…; check the address or try again later.")
        assert not (tmp_path / f"{NAME}.part").exists()

    def test_a_length_that_is_too_short_is_noticed_by_gzip_where_no_checksum_is_known(
        self, host: Host, served: Served, tmp_path: Path
    ) -> None:
        host.then(claim(len(CONTENT) - 10))

        assert "was removed because it is no complete gzip file" in refused(host, tmp_path)
        assert not (tmp_path / f"{NAME}.part").exists()

    @pytest.mark.parametrize(
        ("rest", "asked_next"),
        [(CONTENT[70_000:-10], f"bytes={len(CONTENT) - 10}-"), (CONTENT[70_000:] + b"more", None)],
        ids=["too short", "too long"],
    )
    def test_a_continuation_that_does_not_add_up_to_the_file_is_noticed(
        self, host: Host, tmp_path: Path, clock: PatientClock, rest: bytes, asked_next: str | None
    ) -> None:
        host.files["/games.json"] = Served(CONTENT, etag='"one"')
        host.then(
            break_off(after=70_000),
            lambda exchange: exchange.send(206, {"ETag": '"one"'} | exchange.content_range(70_000), rest),
        )

        (file,) = download([RemoteFile.at(host.url("/games.json"))], tmp_path, clock=clock).files

        assert file.path.read_bytes() == CONTENT
        assert host.asked[2].headers["Range"] == asked_next

    def test_a_page_in_place_of_the_file_is_not_taken_for_it(
        self, host: Host, served: Served, tmp_path: Path
    ) -> None:
        host.then(lambda exchange: exchange.send(200, {"Content-Type": "text/html"}, b"<p>Please log in</p>"))

        assert "it is no complete gzip file" in refused(host, tmp_path)

    def test_a_wrong_file_is_removed_and_the_old_one_stays(
        self, host: Host, served: Served, tmp_path: Path
    ) -> None:
        fetch(host, tmp_path)
        served.content, served.etag = b"no longer gzip", '"two"'

        with pytest.raises(DownloadError):
            fetch(host, tmp_path)

        assert (tmp_path / NAME).read_bytes() == CONTENT

    def test_a_file_over_the_limit_is_refused_before_it_is_read(
        self, host: Host, served: Served, tmp_path: Path
    ) -> None:
        progress, limits = Recorded(), DownloadSettings(max_bytes=100_000)

        with pytest.raises(DownloadError, match="larger than the limit of 100000 bytes; check"):
            download([RemoteFile.at(host.url(f"/{NAME}"))], tmp_path, progress=progress, settings=limits)

        assert progress.stages == []
        assert not list(tmp_path.glob(f"{NAME}*"))

    def test_a_file_of_unannounced_length_is_cut_off_at_the_limit(
        self, host: Host, served: Served, tmp_path: Path
    ) -> None:
        def endless(exchange: Exchange) -> None:
            exchange.send(200, {"Transfer-Encoding": "chunked"}, b"10000\r\n" + bytes(0x10000) + b"\r\n")

        def large(exchange: Exchange) -> None:
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(CONTENT), CONTENT)
            exchange.send(200, {"Transfer-Encoding": "chunked"}, body)

        for answer in (endless, large):
            host.then(answer)
            with pytest.raises(DownloadError, match="larger than the limit of 60000 bytes"):
                fetch(host, tmp_path, settings=DownloadSettings(max_bytes=60_000))
            assert not list(tmp_path.glob(f"{NAME}*"))

    def test_a_packed_answer_is_not_saved_under_the_name_of_a_plain_file(
        self, host: Host, tmp_path: Path
    ) -> None:
        host.then(lambda exchange: exchange.send(200, {"Content-Encoding": "gzip"}, CONTENT))

        with pytest.raises(
            DownloadError, match=r"sends it packed \(gzip\).*; use the address of a \.gz file"
        ):
            download([RemoteFile.at(host.url("/games.json"))], tmp_path)

    def test_a_gz_file_that_is_called_encoded_is_saved_as_it_is(
        self, host: Host, served: Served, tmp_path: Path
    ) -> None:
        host.then(lambda exchange: exchange.send(200, {"Content-Encoding": "gzip"}, CONTENT))

        assert fetch(host, tmp_path).path.read_bytes() == CONTENT

    def test_not_modified_is_no_answer_to_who_has_nothing(
        self, host: Host, served: Served, tmp_path: Path, clock: PatientClock
    ) -> None:
        host.then(*[status(304)] * 3)

        assert "answers 304 where that makes no sense" in refused(host, tmp_path, clock)


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

"""What a host says of a file is not believed against its contents."""

from pathlib import Path

import pytest

from ingest.sources.download import DownloadError, DownloadSettings, RemoteFile, download
from tests.ingest.sources.download.fetching import (
    CONTENT,
    NAME,
    SHA256,
    PatientClock,
    Recorded,
    fetch,
    refused,
)
from tests.ingest.sources.download.host import (
    Exchange,
    Host,
    Served,
    break_off,
    claim,
    status,
)

pytestmark = pytest.mark.slow


def test_a_length_that_is_too_long_is_noticed(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    host.then(*[claim(len(CONTENT) + 10)] * 9)
    served.etag = None

    assert "broke off" in refused(host, tmp_path, clock)


def test_a_length_that_is_too_short_is_noticed_by_the_checksum(
    host: Host, served: Served, tmp_path: Path
) -> None:
    host.then(claim(len(CONTENT) - 10))

    said = refused(host, tmp_path, sha256=SHA256)

    assert "was removed because its checksum is " in said
    assert said.endswith(f"and not {SHA256[:12]}…; check the address or try again later.")
    assert not (tmp_path / f"{NAME}.part").exists()


def test_a_length_that_is_too_short_is_noticed_by_gzip_where_no_checksum_is_known(
    host: Host, served: Served, tmp_path: Path
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
    host: Host, tmp_path: Path, clock: PatientClock, rest: bytes, asked_next: str | None
) -> None:
    host.files["/games.json"] = Served(CONTENT, etag='"one"')
    host.then(
        break_off(after=70_000),
        lambda exchange: exchange.send(206, {"ETag": '"one"'} | exchange.content_range(70_000), rest),
    )

    (file,) = download([RemoteFile.at(host.url("/games.json"))], tmp_path, clock=clock).files

    assert file.path.read_bytes() == CONTENT
    assert host.asked[2].headers["Range"] == asked_next


def test_a_page_in_place_of_the_file_is_not_taken_for_it(host: Host, served: Served, tmp_path: Path) -> None:
    host.then(lambda exchange: exchange.send(200, {"Content-Type": "text/html"}, b"<p>Please log in</p>"))

    assert "it is no complete gzip file" in refused(host, tmp_path)


def test_a_wrong_file_is_removed_and_the_old_one_stays(host: Host, served: Served, tmp_path: Path) -> None:
    fetch(host, tmp_path)
    served.content, served.etag = b"no longer gzip", '"two"'

    with pytest.raises(DownloadError):
        fetch(host, tmp_path)

    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    host: Host, served: Served, tmp_path: Path
) -> None:
    progress, limits = Recorded(), DownloadSettings(max_bytes=100_000)

    with pytest.raises(DownloadError, match="larger than the limit of 100000 bytes; check"):
        download([RemoteFile.at(host.url(f"/{NAME}"))], tmp_path, progress=progress, settings=limits)

    assert progress.stages == []
    assert not list(tmp_path.glob(f"{NAME}*"))


def test_a_file_of_unannounced_length_is_cut_off_at_the_limit(
    host: Host, served: Served, tmp_path: Path
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


def test_a_packed_answer_is_not_saved_under_the_name_of_a_plain_file(host: Host, tmp_path: Path) -> None:
    host.then(lambda exchange: exchange.send(200, {"Content-Encoding": "gzip"}, CONTENT))

    with pytest.raises(DownloadError, match=r"sends it packed \(gzip\).*; use the address of a \.gz file"):
        download([RemoteFile.at(host.url("/games.json"))], tmp_path)


def test_a_gz_file_that_is_called_encoded_is_saved_as_it_is(
    host: Host, served: Served, tmp_path: Path
) -> None:
    host.then(lambda exchange: exchange.send(200, {"Content-Encoding": "gzip"}, CONTENT))

    assert fetch(host, tmp_path).path.read_bytes() == CONTENT


def test_not_modified_is_no_answer_to_who_has_nothing(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    host.then(*[status(304)] * 3)

    assert "answers 304 where that makes no sense" in refused(host, tmp_path, clock)

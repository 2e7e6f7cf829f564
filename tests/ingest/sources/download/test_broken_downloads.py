"""A download that breaks off goes on where it can, and else begins again."""

from pathlib import Path

import pytest

from ingest.sources.download import DownloadError, DownloadSettings, DownloadStatus, RemoteFile, download
from tests.ingest.sources.download.fetching import (
    CONTENT,
    FEW,
    NAME,
    SHA256,
    PatientClock,
    fetch,
    packed,
    refused,
)
from tests.ingest.sources.download.host import (
    Exchange,
    Host,
    Served,
    break_off,
    ignore_range,
)

pytestmark = pytest.mark.slow


def test_a_download_goes_on_from_where_it_broke_off(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    host.then(break_off(after=70_000), break_off(after=50_000))

    file = fetch(host, tmp_path, clock)

    assert file.status is DownloadStatus.RESUMED
    assert file.path.read_bytes() == CONTENT
    assert [asked.headers["Range"] for asked in host.asked] == [None, "bytes=70000-", "bytes=120000-"]


def test_breaks_that_each_bring_something_are_endured_beyond_the_number_of_tries(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    host.then(*[break_off(after=10_000)] * 12)

    assert fetch(host, tmp_path, clock, settings=FEW).path.read_bytes() == CONTENT


def test_tries_that_bring_nothing_end_and_the_part_stays(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    host.then(break_off(after=10_000), *[break_off(after=0)] * 3)

    assert refused(host, tmp_path, clock).endswith(
        "broke off (3 tries brought nothing new); try again later to go on from there."
    )
    assert clock.slept == [1, 1, 2]
    assert fetch(host, tmp_path).status is DownloadStatus.RESUMED


def test_a_host_that_cannot_continue_sends_all_again(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    host.then(break_off(after=70_000), ignore_range)

    file = fetch(host, tmp_path, clock)

    assert file.status is DownloadStatus.FETCHED
    assert file.path.read_bytes() == CONTENT


def test_a_file_that_changes_in_between_comes_again(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
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
    host: Host, tmp_path: Path, clock: PatientClock, etag: str, first: int, total: int | None
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
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    host.files[f"/mirror/{NAME}"] = served
    host.then(break_off(after=70_000))
    with pytest.raises(DownloadError):
        fetch(host, tmp_path, settings=DownloadSettings(attempts=0))

    download([RemoteFile.at(host.url(f"/mirror/{NAME}"))], tmp_path, clock=clock)

    assert host.asked[1].headers["Range"] is None


@pytest.mark.parametrize("etag", [None, 'W/"one"'])
def test_without_a_way_to_tell_versions_apart_a_break_starts_again(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock, etag: str | None
) -> None:
    served.etag = etag
    host.then(break_off(after=70_000))

    assert fetch(host, tmp_path, clock).status is DownloadStatus.FETCHED
    assert host.asked[1].headers["Range"] is None


def test_a_known_checksum_is_a_way_to_tell_versions_apart(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    served.etag = None
    host.then(break_off(after=70_000))

    assert fetch(host, tmp_path, clock, sha256=SHA256).status is DownloadStatus.RESUMED


def test_parts_that_do_not_fit_together_are_dropped_and_fetched_again(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
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
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    host.then(break_off(after=70_000))
    with pytest.raises(DownloadError):
        fetch(host, tmp_path, settings=DownloadSettings(attempts=0))
    with (tmp_path / f"{NAME}.part").open("ab") as part:
        part.write(CONTENT * 2)

    assert fetch(host, tmp_path, clock).path.read_bytes() == CONTENT

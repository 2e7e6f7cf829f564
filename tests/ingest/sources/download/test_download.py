"""Downloads from a host that keeps its word, and what they bring into the folder."""

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from ingest.runtime.run_lock import held
from ingest.sources.download import (
    PUBLISHED,
    DownloadedFile,
    DownloadError,
    DownloadSettings,
    DownloadStatus,
    RemoteFile,
    download,
)
from ingest.sources.download.folder import LOCK
from tests.ingest.sources.download.fetching import (
    CONTENT,
    NAME,
    SHA256,
    PatientClock,
    Recorded,
    fetch,
    packed,
)
from tests.ingest.sources.download.host import Host, Served, break_off, in_chunks, status


@pytest.fixture
def served(host: Host) -> Served:
    host.files[f"/{NAME}"] = Served(CONTENT, etag='"one"', last_modified="Mon, 20 Apr 2026 04:30:00 GMT")
    return host.files[f"/{NAME}"]


def test_a_file_comes_whole_with_its_size_and_checksum(host: Host, served: Served, tmp_path: Path) -> None:
    file = fetch(host, tmp_path / "new" / "folder")

    assert file == DownloadedFile(
        tmp_path / "new" / "folder" / NAME, len(CONTENT), SHA256, DownloadStatus.FETCHED
    )
    assert file.path.read_bytes() == CONTENT


def test_several_files_are_reported_in_the_order_asked_for(host: Host, tmp_path: Path) -> None:
    for name in ("b.json", "a.json"):
        host.files[f"/{name}"] = Served(name.encode())

    report = download([RemoteFile.at(host.url("/b.json")), RemoteFile.at(host.url("/a.json"))], tmp_path)

    assert [path.name for path in report.paths] == ["b.json", "a.json"]
    assert [path.read_text() for path in report.paths] == ["b.json", "a.json"]


def test_progress_counts_every_byte_of_every_file(host: Host, served: Served, tmp_path: Path) -> None:
    progress = Recorded()

    download([RemoteFile.at(host.url(f"/{NAME}"))], tmp_path, progress=progress)

    assert progress.stages == [(f"Downloading {NAME}", len(CONTENT), "bytes")]
    assert progress.advanced == [len(CONTENT)]
    assert progress.finished == 1


def test_progress_after_a_break_begins_where_the_part_ends(
    host: Host, served: Served, tmp_path: Path, clock: PatientClock
) -> None:
    progress = Recorded()
    host.then(break_off(after=50_000))

    download([RemoteFile.at(host.url(f"/{NAME}"))], tmp_path, progress=progress, clock=clock)

    assert progress.advanced == [50_000, len(CONTENT)]
    assert progress.finished == 2


def test_a_file_of_unannounced_length_comes_whole(host: Host, served: Served, tmp_path: Path) -> None:
    host.then(in_chunks)

    assert fetch(host, tmp_path).path.read_bytes() == CONTENT


@pytest.mark.parametrize("kept", [{"etag": None}, {"last_modified": None}])
def test_an_unchanged_file_is_asked_for_but_not_sent_again(
    host: Host, served: Served, tmp_path: Path, kept: dict[str, None]
) -> None:
    for name, value in kept.items():
        setattr(served, name, value)
    first = fetch(host, tmp_path)
    written = first.path.stat().st_mtime_ns

    second = fetch(host, tmp_path)

    assert second.status is DownloadStatus.UNCHANGED
    assert (second.size, second.sha256) == (first.size, first.sha256)
    assert second.path.stat().st_mtime_ns == written
    assert "Range" not in host.asked[1].headers


def test_a_changed_file_replaces_the_old_one(host: Host, served: Served, tmp_path: Path) -> None:
    fetch(host, tmp_path)
    host.files[f"/{NAME}"] = Served(packed(2), etag='"two"')

    file = fetch(host, tmp_path)

    assert file.status is DownloadStatus.FETCHED
    assert file.path.read_bytes() == packed(2)


def test_the_same_bytes_under_a_new_version_leave_the_file_alone(
    host: Host, served: Served, tmp_path: Path
) -> None:
    written = fetch(host, tmp_path).path.stat().st_mtime_ns
    served.etag, served.last_modified = '"two"', None

    again = fetch(host, tmp_path)

    assert again.status is DownloadStatus.UNCHANGED
    assert again.path.stat().st_mtime_ns == written
    assert fetch(host, tmp_path).status is DownloadStatus.UNCHANGED
    assert host.asked[-1].headers["If-None-Match"] == '"two"'


def test_a_file_that_was_tampered_with_is_fetched_again(host: Host, served: Served, tmp_path: Path) -> None:
    fetch(host, tmp_path).path.write_bytes(b"oops")

    file = fetch(host, tmp_path)

    assert file.status is DownloadStatus.FETCHED
    assert file.path.read_bytes() == CONTENT


def test_the_file_of_another_address_is_not_taken_for_this_one(
    host: Host, served: Served, tmp_path: Path
) -> None:
    fetch(host, tmp_path)
    host.files[f"/mirror/{NAME}"] = Served(packed(2), etag='"one"')

    (file,) = download([RemoteFile.at(host.url(f"/mirror/{NAME}"))], tmp_path).files

    assert file.path.read_bytes() == packed(2)


def test_a_file_with_the_known_checksum_is_not_asked_for(host: Host, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(CONTENT)  # put there by hand

    file = fetch(host, tmp_path, sha256=SHA256)

    assert file == DownloadedFile(tmp_path / NAME, len(CONTENT), SHA256, DownloadStatus.UNCHANGED)
    assert host.asked == []


def test_a_file_without_the_known_checksum_is_replaced(host: Host, served: Served, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(packed(2))

    file = fetch(host, tmp_path, sha256=SHA256)

    assert file.status is DownloadStatus.FETCHED
    assert file.path.read_bytes() == CONTENT


def test_a_broken_memory_costs_a_download_and_nothing_else(
    host: Host, served: Served, tmp_path: Path
) -> None:
    fetch(host, tmp_path)
    (tmp_path / ".download.json").write_bytes(b'{"wholes": 7')

    assert fetch(host, tmp_path).path.read_bytes() == CONTENT
    assert fetch(host, tmp_path).status is DownloadStatus.UNCHANGED


def test_nothing_else_stays_in_the_folder(host: Host, served: Served, tmp_path: Path) -> None:
    fetch(host, tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {NAME, ".download.json", LOCK}


def test_a_stopped_download_goes_on_in_the_next_run(host: Host, served: Served, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    class Impatient(Recorded):
        def advance(self, n: int, rows: int = 0) -> None:
            super().advance(n, rows)
            if self.advanced[-1] > 100_000:
                raise Stopped

    with pytest.raises(Stopped):
        download([RemoteFile.at(host.url(f"/{NAME}"))], tmp_path, progress=Impatient())
    arrived = (tmp_path / f"{NAME}.part").stat().st_size
    assert not (tmp_path / NAME).exists()

    file = fetch(host, tmp_path)

    assert file.status is DownloadStatus.RESUMED
    assert file.path.read_bytes() == CONTENT
    assert host.asked[1].headers["Range"] == f"bytes={arrived}-"
    assert host.asked[1].headers["If-Range"] == '"one"'


@pytest.mark.faults
def test_a_download_killed_half_way_leaves_no_file_and_goes_on_later(
    host: Host, served: Served, tmp_path: Path
) -> None:
    host.then(break_off(after=100_000), status(503, retry_after="60"))
    script = """
        import sys
        from pathlib import Path
        from ingest.sources.download import RemoteFile, download

        download([RemoteFile.at(sys.argv[1])], Path(sys.argv[2]))
    """
    process = start(script, host.url(f"/{NAME}"), str(tmp_path))
    while len(host.asked) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.communicate()

    assert not (tmp_path / NAME).exists()
    file = fetch(host, tmp_path)
    assert file.status is DownloadStatus.RESUMED
    assert file.path.read_bytes() == CONTENT


def test_a_run_stopped_before_its_last_step_only_has_to_finish(
    host: Host, served: Served, tmp_path: Path
) -> None:
    host.then(break_off(after=1000))
    with pytest.raises(DownloadError):
        fetch(host, tmp_path, settings=DownloadSettings(attempts=0))
    (tmp_path / f"{NAME}.part").write_bytes(CONTENT)

    file = fetch(host, tmp_path)

    assert file.status is DownloadStatus.RESUMED
    assert file.path.read_bytes() == CONTENT
    assert len(host.asked) == 1


@pytest.mark.faults
def test_a_full_disk_is_said_and_gets_its_room_back(host: Host, served: Served, tmp_path: Path) -> None:
    script = """
        import resource, sys
        from pathlib import Path
        from ingest.sources.download import DownloadError, RemoteFile, download

        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            download([RemoteFile.at(sys.argv[1])], Path(sys.argv[2]))
        except DownloadError as error:
            print(error)
    """
    process = start(script, host.url(f"/{NAME}"), str(tmp_path))
    said, _ = process.communicate()

    assert said.startswith(f"{NAME} could not be saved in {tmp_path}: ")
    assert said.endswith("; free some space and try again.\n")
    assert not list(tmp_path.glob(f"{NAME}*"))


def start(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"no_proxy": "127.0.0.1"},
    )


def test_a_folder_that_cannot_be_made_is_named(host: Host, served: Served, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DownloadError, match=r"could not be saved in .*/file/folder: Not a directory; check"):
        fetch(host, tmp_path / "file" / "folder")


def test_two_downloads_into_one_folder_do_not_mix(host: Host, served: Served, tmp_path: Path) -> None:
    with held(tmp_path / LOCK), pytest.raises(DownloadError, match="is under way; wait until it has ended"):
        fetch(host, tmp_path)

    assert fetch(host, tmp_path).status is DownloadStatus.FETCHED


def test_two_files_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the same name"):
        download([RemoteFile("http://a/x", "x"), RemoteFile("http://b/x", "x")], tmp_path)


def test_a_password_goes_to_the_host_and_nowhere_else(
    host: Host, served: Served, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    secret = host.url(f"/{NAME}").replace("//", "//me:hunter2@")
    host.then(status(404))
    with pytest.raises(DownloadError) as raised:
        download([RemoteFile.at(secret)], tmp_path)

    (file,) = download([RemoteFile.at(secret)], tmp_path).files

    assert file.path.read_bytes() == CONTENT
    assert host.asked[1].headers["Authorization"] == "Basic bWU6aHVudGVyMg=="
    assert "hunter2" not in str(raised.value) + caplog.text + (tmp_path / ".download.json").read_text()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://host/a.json",
        "nowhere",
        "http://",
        "http:///a.json",
        "http://[::1/a.json",
        "http://h/\x00",
        "http://h:65536/a.json",
    ],
)
def test_what_is_no_web_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(DownloadError, match="is not a web address; write it like https://host/folder"):
        RemoteFile.at(url)


@pytest.mark.parametrize("path", ["/", "/folder/", "/..", "/.hidden", "/a%2F..", "/C%3Ax", "/%5Cx"])
def test_an_address_that_ends_in_no_file_name_is_refused(path: str) -> None:
    with pytest.raises(DownloadError, match="does not end in the name of a file"):
        RemoteFile.at(f"https://host{path}")


def test_the_published_files_come_from_one_place_on_https() -> None:
    assert [file.name for file in PUBLISHED] == [
        "steam_games.json.gz",
        "australian_user_reviews.json.gz",
        "australian_users_items.json.gz",
    ]
    assert {file.url.removesuffix(file.name) for file in PUBLISHED} == {
        "https://mcauleylab.ucsd.edu/public_datasets/data/steam/"
    }

"""What an admin may set as the source, and the local files that it turns into."""

import gzip
from pathlib import Path

import pytest

from ingest.sources.download import PUBLISHED, DownloadError, resolve
from ingest.sources.download.remote import remote_files
from tests.ingest.sources.download.host import Host, Served

GZIP = gzip.compress(b"{}")
NAMES = [file.name for file in PUBLISHED]


def test_local_paths_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert resolve(["~/data", "games.json"], tmp_path / "cache") == (tmp_path / "data", Path("games.json"))
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("ending", ["", "/"])
def test_the_address_of_a_folder_stands_for_the_three_files_below_it(
    host: Host, tmp_path: Path, ending: str
) -> None:
    for name in NAMES:
        host.files[f"/steam/{name}"] = Served(GZIP)

    paths = resolve([host.url("/steam") + ending], tmp_path)

    assert paths == tuple(tmp_path / name for name in NAMES)
    assert [path.read_bytes() for path in paths] == [GZIP] * 3


def test_files_and_addresses_mix_and_keep_their_order(host: Host, tmp_path: Path) -> None:
    host.files["/my_users_items.json"] = Served(b"{}")

    paths = resolve(["a.json", host.url("/my_users_items.json"), "b.json"], tmp_path)

    assert paths == (Path("a.json"), tmp_path / "my_users_items.json", Path("b.json"))


def test_an_unchanged_address_is_not_downloaded_again(host: Host, tmp_path: Path) -> None:
    host.files["/games.json"] = Served(b"{}", etag='"one"')
    (first,) = resolve([host.url("/games.json")], tmp_path)
    written = first.stat().st_mtime_ns

    (second,) = resolve([host.url("/games.json")], tmp_path)

    assert second.stat().st_mtime_ns == written
    assert host.asked[1].headers["If-None-Match"] == '"one"'


def test_the_same_address_twice_is_downloaded_once(host: Host, tmp_path: Path) -> None:
    host.files["/games.json"] = Served(b"{}")
    url = host.url("/games.json")

    assert resolve([url, url], tmp_path) == (tmp_path / "games.json",) * 2
    assert len(host.asked) == 1


def test_two_addresses_that_end_alike_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match=r"Two of the addresses end in games\.json; name each file once"):
        resolve(["http://a.example/games.json", "http://b.example/games.json"], tmp_path)


def test_only_the_published_place_has_the_published_checksums() -> None:
    assert remote_files("https://mcauleylab.ucsd.edu/public_datasets/data/steam") == PUBLISHED
    assert [file.sha256 for file in remote_files("https://mirror.example/steam")] == [None] * 3


def test_a_query_stays_at_the_end_of_the_address() -> None:
    assert [file.url for file in remote_files("https://mirror.example/steam/?key=1")] == [
        f"https://mirror.example/steam/{name}?key=1" for name in NAMES
    ]
    (file,) = remote_files("https://mirror.example/games.json.gz?key=1")
    assert (file.url, file.name) == ("https://mirror.example/games.json.gz?key=1", "games.json.gz")

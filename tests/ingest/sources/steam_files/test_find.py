"""The three files are found, or one sentence says what is missing."""

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.sources.address import at_home
from ingest.sources.find import find_inputs
from ingest.sources.steam_files.find import find_files
from ingest.sources.steam_files.role import Role
from tests.ingest.raw_files import RawFolder, game, owner, reviewer, write_lines


def test_a_folder_is_searched_for_all_three(world: RawFolder) -> None:
    sources = find_files([world.path])
    assert {role: sources.of(role) for role in Role} == {
        Role(name): path for name, path in world.files.items()
    }
    assert sources.notes == ()


def test_of_several_in_a_folder_the_shortest_name_is_used_and_that_is_said(world: RawFolder) -> None:
    write_lines(world.path / "users_items_full.json.gz", [owner("eve")])
    sources = find_files([world.path])
    assert sources.items == world.files["items"]
    [note] = sources.notes
    assert "users_items.json.gz is used; name another to use it: users_items_full.json.gz" in note


def test_a_named_file_goes_before_those_of_a_folder(world: RawFolder) -> None:
    other = write_lines(world.path / "users_items_full.json.gz", [owner("eve")])
    assert find_files([world.path, other]).items == other


def test_a_named_file_may_be_called_anything(world: RawFolder) -> None:
    other = write_lines(world.path / "libraries.txt", [owner("eve")])
    assert find_files([other, world.path]).items == other


def test_unreadable_first_lines_do_not_hide_the_role(world: RawFolder) -> None:
    other = write_lines(world.path / "libraries.txt", ["", "<html>", owner("eve")])
    assert find_files([other, world.path]).items == other


def test_a_missing_role_is_named_with_the_names_that_are_accepted(world: RawFolder) -> None:
    world.files["reviews"].unlink()
    with pytest.raises(SourceError, match=r"No reviews file in .*; it must be called \*user_reviews\*\.json"):
        find_files([world.path])


def test_a_missing_path_is_named(world: RawFolder) -> None:
    with pytest.raises(SourceError, match=r"nowhere does not exist; check the path"):
        find_files([world.path / "nowhere"])


def test_a_file_of_another_role_is_refused(world: RawFolder) -> None:
    write_lines(world.files["items"], [reviewer("ada")])
    with pytest.raises(SourceError, match=r"users_items.* holds reviews although it is given as items"):
        find_files([world.path])


def test_two_files_of_one_role_are_refused(world: RawFolder) -> None:
    other = write_lines(world.path / "more.txt", [game(1)])
    with pytest.raises(SourceError, match=r"Both .* hold games; name one of them"):
        find_files([world.files["games"], other, world.path])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"hello\n", "does not hold games"),
        (b"\x1f\x8b\x08", "ends in the middle"),
    ],
)
def test_a_file_that_holds_nothing_of_use_is_refused(world: RawFolder, content: bytes, reason: str) -> None:
    world.files["games"].write_bytes(content)
    with pytest.raises(SourceError, match=rf"steam_games.* {reason}"):
        find_files([world.path])


NAMES = [
    "steam_games.jsonl",
    "steam_games.ndjson.gz",
    "STEAM_GAMES.JSON.GZ",
    "Steam Games.json",
    "steam-games.json.zst",
    "steam_games (1).json.gz",
    "steam_games.zip",
    "steam_games.tar.gz",
]


@pytest.mark.parametrize("name", NAMES)
def test_other_spellings_of_a_name_are_found(world: RawFolder, name: str) -> None:
    world.files["games"].rename(world.path / name)
    assert find_files([world.path]).games.name == name


@pytest.mark.parametrize(
    "name", ["steam_games.json.gz.part", ".steam_games.json.gz", "steam_games.json.sha256"]
)
def test_what_lies_beside_a_file_is_not_taken_for_it(world: RawFolder, name: str) -> None:
    world.files["games"].rename(world.path / name)
    with pytest.raises(SourceError, match="No games file"):
        find_files([world.path])


def test_names_as_published_go_before_others(world: RawFolder) -> None:
    (world.path / "steam_games.zip").write_bytes(b"")
    assert find_files([world.path]).games == world.files["games"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<!DOCTYPE html>\n<html></html>\n", "is a web page"),
        (b"<?xml version='1.0'?>\n<Error><Code>AccessDenied</Code></Error>\n", "is a web page"),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n",
            "pointer of Git LFS.*git lfs pull",
        ),
        (b"appid,name,release_date,english\n10,Counter-Strike,2000-11-01,1\n", r"is a table \(CSV\)"),
        (b'151603712,"The Elder Scrolls V Skyrim",purchase,1.0,0\n' * 9, r"is a table \(CSV\)"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "is a 7z archive.*unpack it first"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(100), "is a RAR archive"),
        (b"PAR1" + bytes(100), "is a Parquet table"),
        (b"SQLite format 3\x00" + bytes(100), "is a SQLite database"),
        (bytes(10_000), "holds nothing but zeros"),
        (bytes(17 << 20), "holds nothing but zeros"),
        (b"PAR1" + b"x" * (17 << 20), "is a Parquet table"),
        (b"ARROW1\0\0" + bytes(100), "is an Arrow table"),
        (b"ORC" + bytes(100), "is an ORC table"),
        (b"Obj\x01" + bytes(100), "is an Avro table"),
        (b"\x89HDF\r\n\x1a\n" + bytes(100), "is an HDF5 file"),
        (b"\x93NUMPY\x01\0" + bytes(100), "is a NumPy array"),
        (b"\x80\x02}q\x00." + bytes(100), "is a Python pickle"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "is an image"),
        (b'{"product_id": "1", "username": "ada", "text": "x"}\n', "another data set .*another crawl"),
        (b"{'bundle_id': '1', 'bundle_final_price': '$1', 'items': []}\n", "another data set .*bundles"),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_file_that_is_something_else_is_said_to_be_that(
    world: RawFolder, content: bytes, what: str, packed: bool
) -> None:
    world.files["games"].write_bytes(gzip.compress(content) if packed else content)
    with pytest.raises(SourceError, match=rf"steam_games\.json\.gz .*{what}.*\.$"):
        find_files([world.path])


@pytest.mark.parametrize("member", ["[Content_Types].xml", "META-INF/manifest.xml"])
def test_a_workbook_is_said_to_be_one(world: RawFolder, member: str) -> None:
    with zipfile.ZipFile(world.files["games"], "w") as archive:
        archive.writestr(member, "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(SourceError, match=r"steam_games\.json\.gz is a workbook .*save its table as CSV"):
        find_files([world.path])


def test_a_folder_or_a_pipe_of_the_name_of_a_file_is_refused(world: RawFolder) -> None:
    world.files["games"].unlink()
    os.mkfifo(world.files["games"])
    with pytest.raises(SourceError, match="is a pipe, not a regular file"):
        find_files([world.path])
    world.files["games"].unlink()
    world.files["games"].mkdir()
    with pytest.raises(SourceError, match="is a folder, not a regular file"):
        find_files([world.path])
    with pytest.raises(SourceError, match="is a device, not a regular file"):
        find_files([Path("/dev/null"), world.path])


def test_a_file_goes_before_a_folder_of_the_same_role(world: RawFolder) -> None:
    (world.path / "steam_games.json").mkdir()
    assert find_files([world.path]).games == world.files["games"]


def test_an_archive_of_all_three_serves_for_each(world: RawFolder, tmp_path: Path) -> None:
    archives = tmp_path / "archives"
    archives.mkdir()
    for role, file in world.files.items():
        with zipfile.ZipFile(archives / f"{role} {file.stem}.zip", "w") as archive:
            for member in world.files.values():
                archive.write(member, member.name)
    found = find_files([archives])
    assert {found.of(role).name for role in Role} == {file.name for file in archives.iterdir()}


@pytest.mark.real_data
def test_the_real_folder_is_understood(real_data: Path) -> None:
    sources = find_files([real_data])
    names = [sources.of(role).name for role in Role]
    assert names == ["steam_games.json.gz", "user_reviews.json.gz", "users_items.json.gz"]
    assert len(sources.notes) == 2


def test_what_else_lies_in_a_folder_without_the_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "games.json").write_text('{"10": {"name": "Half of i')
    (tmp_path / "weather.csv").write_text("day,degrees\n1,2\n")
    with pytest.raises(SourceError, match=r"No games.*games\.json ends .*weather\.csv is of no known"):
        find_inputs([tmp_path])


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "s3://bucket/x", "file:///tmp/x"])
def test_an_address_of_another_kind_is_no_path_that_is_missing(address: str) -> None:
    with pytest.raises(SourceError, match=f"^{address} is no address that can be read"):
        at_home(address)

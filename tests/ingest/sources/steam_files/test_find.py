"""The three files are found, or one sentence says what is missing."""

from pathlib import Path

import pytest

from ingest.errors import SourceError
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


@pytest.mark.real_data
def test_the_real_folder_is_understood(real_data: Path) -> None:
    sources = find_files([real_data])
    names = [sources.of(role).name for role in Role]
    assert names == ["steam_games.json.gz", "user_reviews.json.gz", "users_items.json.gz"]
    assert len(sources.notes) == 2

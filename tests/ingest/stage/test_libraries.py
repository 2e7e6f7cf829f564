"""Libraries that come in parts are brought together, each game of a player once."""

from array import array

from ingest.clean.rows import LibraryColumns
from ingest.stage.libraries import merge_libraries


def part(
    user: str, games: list[int], minutes: list[int], *, count: int, steam_id: str | None = None
) -> LibraryColumns:
    """Some of one player's games."""
    return LibraryColumns(
        user_ids=[user],
        steam_ids=[steam_id],
        items_counts=array("i", [count]),
        sizes=array("i", [len(games)]),
        games=array("i", games),
        minutes=array("i", minutes),
        minutes_2weeks=array("i", [0] * len(games)),
        titles={app: f"{user}'s {app}" for app in games},
    )


def test_parts_of_one_library_are_merged_and_sorted() -> None:
    merged = merge_libraries(
        [
            part("bob", [20, 10], [5, 7], count=2),
            part("ada", [10], [1], count=1),
            part("bob", [10, 30], [9, 0], count=4, steam_id="76561197960265729"),
        ]
    )
    players, both = merged.players, [0, 1]
    assert players.user_ids == ["bob", "ada"]
    assert players.steam_ids_of(both) == ["76561197960265729", None]
    assert players.items_counts_of(both) == [4, 1]
    libraries = merged.libraries
    rows = zip(libraries.player.tolist(), libraries.game.tolist(), libraries.minutes.tolist(), strict=True)
    assert list(rows) == [(0, 10, 9), (0, 20, 5), (0, 30, 0), (1, 10, 1)]
    assert merged.repeated == 1
    assert merged.titles == {20: "bob's 20", 10: "bob's 10", 30: "bob's 30"}


def test_a_library_has_the_same_fingerprint_however_it_comes() -> None:
    whole = merge_libraries([part("ada", [10, 20], [1, 2], count=2)])
    parts = merge_libraries([part("ada", [20], [2], count=2), part("ada", [10], [1], count=2)])
    assert whole.players.fingerprints_of([0]) == parts.players.fingerprints_of([0])


def test_no_libraries_at_all_are_nothing() -> None:
    merged = merge_libraries([])
    assert (len(merged.players), len(merged.libraries.game), merged.repeated) == (0, 0, 0)


def test_where_the_source_has_no_count_it_is_that_of_the_games() -> None:
    merged = merge_libraries([part("ada", [10], [1], count=-1), part("ada", [20], [2], count=-1)])
    assert merged.players.items_counts_of([0]) == [2]

"""What the tables of names are asked where very many things are called alike."""

from collections.abc import Iterator

import pytest

from store.models import NameKind
from store.names import complete, resolve
from store.names.name_table import NameTable
from tests.copies import NewStore
from tests.store.builder import SmallStore

ALIKE = 150
FIRST = 1_000
SHORT, LONG = 10, 20


@pytest.fixture(scope="module")
def store(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStore]:
    """Games and players by the hundred whose names have one search key. Read only."""
    small = SmallStore(new_store(tmp_path_factory.mktemp("alike") / "nextplay.sqlite3"))
    with small.fill() as build:
        build.game(SHORT, "The Echoing")
        build.game_stats(SHORT, owners=20)
        for number in range(ALIKE):
            build.game(FIRST + number, "Echo")
            build.player("-" * number + "echo", steam_id=None)
        build.game(LONG, "Echo Chamber")
    yield small
    small.database.close()


def test_of_very_many_games_of_one_name_the_best_known_are_looked_at(store: SmallStore) -> None:
    with store.database.reader() as session:
        names = NameTable(session, NameKind.GAME)
        best_known = [FIRST + number for number in range(100)]
        assert [row.ref_id for row in names.with_key("echo")] == best_known
        assert [row.ref_id for row in names.games_spelt("echo")] == best_known


def test_each_of_very_many_players_of_one_name_is_found(store: SmallStore) -> None:
    found = {store.ask(resolve, NameKind.PLAYER, "-" * number + "echo") for number in range(ALIKE)}
    assert len(found) == ALIKE


def test_a_game_that_is_called_so_comes_among_those_whose_names_begin_so(store: SmallStore) -> None:
    first, *others = store.ask(complete, NameKind.GAME, "ech")
    assert first.value == str(SHORT)
    assert [choice.value for choice in others] == [str(FIRST + number) for number in range(24)]


def test_games_called_so_are_sought_before_a_rank_alone(store: SmallStore) -> None:
    with store.database.reader() as session:
        names = NameTable(session, NameKind.GAME)
        found = names.games_called("ech", 25, below=3)
        assert [row.ref_id for row in found] == [SHORT, FIRST, FIRST + 1]
        assert len(names.games_called("ech", 25)) == 25

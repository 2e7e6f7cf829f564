"""From a store's libraries to its neighbours table."""

import numpy as np
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

import recommender
from store import Database, DatabaseUnavailable
from store.models import GameKind, NeighbourBasis, Neighbours, PackedLibrary
from store.scoring.item_index import load_item_index
from tests.recommender.worlds import PUZZLES, SHOOTERS, catalogue, fill, two_tastes

pytestmark = pytest.mark.slow


def _table(store: Database) -> dict[int, tuple[NeighbourBasis, dict[int, float], bytes]]:
    with store.reader() as session:
        ids = load_item_index(session).ids
        rows = session.scalars(select(Neighbours).order_by(Neighbours.game_id)).all()
        return {
            row.game_id: (
                row.basis,
                dict(
                    zip(
                        ids[np.frombuffer(row.neighbour_indices, "<i4")].tolist(),
                        np.frombuffer(row.weights, "<f4").tolist(),
                        strict=True,
                    )
                ),
                row.neighbour_indices + row.weights,
            )
            for row in rows
        }


def test_games_of_one_taste_speak_for_each_other(store: Database) -> None:
    with store.writer() as session:
        fill(session, two_tastes(), catalogue())
        recommender.train(session)
    basis, weights, _ = _table(store)[100]
    assert basis is NeighbourBasis.LIBRARIES
    same_taste = np.mean([weights[game] for game in SHOOTERS if game != 100])
    assert same_taste > 3 * np.mean([weights.get(game, 0) for game in PUZZLES])
    assert 100 not in weights


def test_a_game_that_nobody_owns_resembles_those_with_its_tags_and_they_speak_for_it(store: Database) -> None:
    games = catalogue() | {999: ("Newcomer", GameKind.GAME, ["FPS", "Action"])}
    with store.writer() as session:
        fill(session, two_tastes(), games)
        report = recommender.train(session)
    table = _table(store)
    basis, weights, _ = table[999]
    assert basis is NeighbourBasis.CONTENT
    assert set(weights) == set(SHOOTERS)
    assert all(table[game][1][999] > 0 for game in SHOOTERS)
    assert (report.games, report.games_by_content, report.players) == (21, 1, 120)


def test_the_same_data_give_the_same_table_byte_for_byte(store: Database) -> None:
    with store.writer() as session:
        fill(session, two_tastes(), catalogue())
        recommender.train(session)
    first = _table(store)
    with store.writer() as session:
        recommender.train(session)
    assert _table(store) == first


def test_training_again_replaces_what_was_and_a_failure_leaves_it(store: Database) -> None:
    with store.writer() as session:
        fill(session, two_tastes(), catalogue())
        recommender.train(session)
    before = _table(store)
    few = recommender.TrainSettings(per_game=3)

    def train_in_vain(session: Session) -> None:
        recommender.train(session, settings=few)
        raise RuntimeError("thrown after training")

    with pytest.raises(RuntimeError, match="thrown"), store.writer() as session:
        train_in_vain(session)
    assert _table(store) == before
    with store.writer() as session:
        recommender.train(session, settings=few)
    assert {len(weights) for _, weights, _ in _table(store).values()} == {3}


def test_neighbourhoods_of_all_games_give_the_neighbours_of_the_exact_solver(store: Database) -> None:
    tables: list[dict[int, dict[int, float]]] = []
    for solver in recommender.Solver:
        with store.writer() as session:
            if not tables:
                fill(session, two_tastes(), catalogue())
            recommender.train(session, settings=recommender.TrainSettings(solver=solver))
        tables.append({game: weights for game, (_, weights, _) in _table(store).items()})
    exact, by_neighbourhood = tables
    assert exact.keys() == by_neighbourhood.keys()
    for game, weights in exact.items():
        assert by_neighbourhood[game] == pytest.approx(weights, abs=1e-4)


def test_a_store_without_any_library_still_gets_neighbours_by_content(store: Database) -> None:
    with store.writer() as session:
        fill(session, two_tastes(players=0), catalogue())
        report = recommender.train(session)
    assert (report.games_by_libraries, report.games_by_content) == (0, 20)


def test_an_empty_store_is_trained_on_to_an_empty_table(store: Database) -> None:
    with store.writer() as session:
        assert recommender.train(session).games == 0


@pytest.mark.parametrize("games", [[100, 101, 101], [101, 100, 102], [100, 101]])
def test_a_library_that_contradicts_itself_is_told_with_the_remedy(store: Database, games: list[int]) -> None:
    with store.writer() as session:
        fill(session, two_tastes(), catalogue())
        session.execute(
            update(PackedLibrary)
            .where(PackedLibrary.player_id == 7)
            .values(game_ids=np.array(games, "<i4").tobytes(), minutes=np.zeros(3, "<i4").tobytes())
        )
    with pytest.raises(DatabaseUnavailable, match="nextplay restore"), store.writer() as session:
        recommender.train(session)


def test_whoever_reads_meanwhile_sees_the_neighbours_of_before_and_then_the_new_ones(store: Database) -> None:
    with store.writer() as session:
        fill(session, two_tastes(), catalogue())
        recommender.train(session)
    with store.reader() as reading:
        before = load_item_index(reading).params.popularity.tolist()
        with store.writer() as session:
            session.execute(delete(PackedLibrary).where(PackedLibrary.player_id % 2 == 1))
            recommender.train(session)
        assert load_item_index(reading).params.popularity.tolist() == before
    with store.reader() as reading:
        assert load_item_index(reading).params.popularity.tolist() != before

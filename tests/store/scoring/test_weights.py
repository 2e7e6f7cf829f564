"""The weights that all readers keep in memory: those of the training that each sees, once, and whole."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store import Database, DatabaseUnavailable, queries
from store.dialect import shared_cached
from store.models import Neighbours, ScoredGames, SimilarGames
from store.scoring.item_index import load_item_index
from store.scoring.weights import Weights, load_weights
from tests.store.builder import Builder, SmallStore

BRAID, FEZ, LIMBO, TRINE = 1, 2, 3, 4


def _train(build: Builder, favourite: int) -> None:
    """Let Braid speak for one game above all; nothing else of the training differs."""
    for game in (FEZ, LIMBO, TRINE):
        build.weights(game, {BRAID: 0.2})
    build.weights(BRAID, {game: 0.3 if game == favourite else 0.1 for game in (FEZ, LIMBO, TRINE)})


@pytest.fixture
def trained(small_store: SmallStore) -> SmallStore:
    """A store in which Braid speaks for FEZ."""
    with small_store.fill() as build:
        for app_id, title in ((BRAID, "Braid"), (FEZ, "FEZ"), (LIMBO, "Limbo"), (TRINE, "Trine")):
            build.game(app_id, title)
        _train(build, FEZ)
    return small_store


def _train_elsewhere(store: SmallStore, favourite: int) -> None:
    """Train as another process does, which shares nothing with the readers but the file."""
    other = Database(store.database.file)
    with SmallStore(other).fill() as build:
        _train(build, favourite)
    other.close()


def _favourite(session: Session) -> int:
    return queries.recommend_library(session, {BRAID: 60}, 1)[0].game.id


def _weights(session: Session) -> Weights:
    return load_weights(session, load_item_index(session))


def test_a_reader_keeps_to_the_training_that_it_began_with_while_others_see_the_next(
    trained: SmallStore,
) -> None:
    with trained.database.reader() as early:
        assert _favourite(early) == FEZ
        _train_elsewhere(trained, LIMBO)
        with trained.database.reader() as late:
            assert [_favourite(session) for session in (late, early, late)] == [LIMBO, FEZ, LIMBO]


def test_a_training_that_only_changes_weights_is_seen(trained: SmallStore) -> None:
    before = trained.ask(load_item_index)
    _train_elsewhere(trained, TRINE)
    after = trained.ask(load_item_index)
    assert np.array_equal(before.params.popularity, after.params.popularity)
    assert before.state != after.state
    assert trained.ask(_favourite) == TRINE


def test_the_same_training_has_the_same_state_wherever_it_is_written(trained: SmallStore) -> None:
    before = trained.ask(load_item_index).state
    _train_elsewhere(trained, FEZ)
    assert trained.ask(load_item_index).state == before


@pytest.mark.slow
def test_all_readers_share_the_weights_and_those_of_an_earlier_training_are_given_up(
    trained: SmallStore,
) -> None:
    with trained.database.reader() as one, trained.database.reader() as other:
        shared = _weights(one).weights
        assert _weights(other).weights is shared
    earlier = weakref.ref(shared)
    del shared
    assert earlier() is not None
    _train_elsewhere(trained, LIMBO)
    trained.ask(_weights)
    gc.collect()
    assert earlier() is None


@pytest.mark.slow
def test_readers_in_many_threads_get_whole_trainings_while_one_follows_another(trained: SmallStore) -> None:
    said: dict[int, str] = {}
    for favourite in (LIMBO, FEZ):
        _train_elsewhere(trained, favourite)
        said[favourite] = trained.ask(load_item_index).state
    done = threading.Event()

    def ask() -> int:
        answers = 0
        while not done.is_set():
            with trained.database.reader() as session:
                before = load_item_index(session).state
                assert said[_favourite(session)] == before == load_item_index(session).state
            answers += 1
        return answers

    with ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask) for _ in range(4)]
        try:
            for favourite in [LIMBO, FEZ] * 10:
                _train_elsewhere(trained, favourite)
        finally:
            done.set()
    assert all(one.result() for one in asking)


def test_reading_that_stops_half_way_is_begun_again_by_the_next_question(trained: SmallStore) -> None:
    def stopped(connection: Connection) -> None:
        connection.execute(select(Neighbours.weights)).first()
        raise InterruptedError

    with trained.database.reader() as session:
        connection, state = session.connection(), load_item_index(session).state
        mapped = connection.exec_driver_sql("PRAGMA mmap_size").scalar_one()
        with pytest.raises(InterruptedError):
            shared_cached(connection, "weights", state, stopped)
        assert connection.exec_driver_sql("PRAGMA mmap_size").scalar_one() == mapped > 0
        assert _favourite(session) == FEZ


def _floats(*numbers: float) -> bytes:
    return np.array(numbers, "<f4").tobytes()


def _indices(*numbers: int) -> bytes:
    return np.array(numbers, "<i4").tobytes()


@pytest.mark.parametrize(
    ("table", "damage"),
    [
        (ScoredGames, {"popularity": _floats(0.1)}),
        (ScoredGames, {"play_slope": _floats(1, 1, 1, 1) + b"?"}),
        (ScoredGames, {"game_ids": _indices(4, 3, 2, 1)}),
        (ScoredGames, {"editions": _indices(0, 1, 2, 4)}),
        (ScoredGames, {"game_ids": _indices(1, 2, 3, 9)}),
        (Neighbours, {"weights": _floats(0.3)}),
        (Neighbours, {"weights": b"?", "neighbour_indices": b"?"}),
        (Neighbours, {"neighbour_indices": _indices(1, 2, 4)}),
        (Neighbours, {"neighbour_indices": _indices(1, 2, -1)}),
    ],
)
def test_neighbours_that_contradict_themselves_are_told_with_the_remedy(
    trained: SmallStore,
    table: type[Neighbours] | type[ScoredGames],
    damage: dict[str, bytes],
) -> None:
    with trained.database.writer() as session:
        if table is Neighbours:
            session.execute(update(Neighbours).where(Neighbours.game_id == BRAID).values(damage))
        else:
            session.execute(update(ScoredGames).values(state="damaged", **damage))
    with pytest.raises(DatabaseUnavailable, match=r"neighbours .* `nextplay train`\.$"):
        trained.ask(_favourite)


def test_similarities_that_do_not_fit_together_are_told_with_the_remedy(trained: SmallStore) -> None:
    with trained.database.writer() as session:
        session.execute(update(SimilarGames).values(common_owners=b"?"))
    with pytest.raises(DatabaseUnavailable, match=r"neighbours .* `nextplay train`\.$"):
        trained.ask(queries.recommend_game, "Braid")

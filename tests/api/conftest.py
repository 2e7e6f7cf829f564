"""The API on a loopback port, over a store of a few rows or over the generated sample."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeAlias

import httpx
import pytest

from api.options import ApiOptions
from api.server import served
from store import Database, queries
from store.models import NameKind, NeighbourBasis, RunOutcome
from tests.copies import NewStore
from tests.store.builder import SmallStore

# Starts the API over a database, with options by name; the client's requests go there.
Serve: TypeAlias = Callable[..., httpx.Client]


@contextmanager
def serving(database: Database, **options: Any) -> Iterator[httpx.Client]:
    """Serve the API over a database; yields a client of it."""
    chosen = ApiOptions(**{"port": 0, "rate_limit": None} | options)
    with (
        served(database, chosen) as port,
        # Not that there were certificates here, but reading those to trust takes long.
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, verify=False) as client,
    ):
        yield client


@contextmanager
def kept_small_store(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStore]:
    """A filled store that outlives a test, for many tests that only read."""
    folder = tmp_path_factory.mktemp("small")
    database = new_store(folder / "nextplay.sqlite3")
    yield filled(database)
    database.close()


def filled(database: Database) -> SmallStore:
    """Fill a store with two developers, three games and four players, in which everybody owns something."""
    store = SmallStore(database)
    with store.fill() as b:
        b.run(RunOutcome.APPLIED, day=1, games=3, players=4)
        b.game(
            620, "Portal 2", year=2011, cents=999, developers=("Valve",), genres=("Action",), tags=("Co-op",)
        )
        b.game(10, "Rayman / Pokémon", year=2000, cents=0, developers=("A/B Ünited",), genres=("Action",))
        b.game(30, "Third", year=2014, cents=499, developers=("Valve",), genres=("Indie",))
        for app_id in (620, 10, 30):
            b.game_stats(app_id, owners=2, players=2, minutes=600, reviews=3, recommended=2, positive=3)
        b.released("Valve", 2011, 1)
        b.released("Valve", 2014, 2, 1)
        b.released("A/B Ünited", 2000, 1, 1)
        b.player("ana", items=2, owned=2, minutes=600, spent_cents=1498, reviews=1, recommended=1)
        b.owns("ana", {620: 300, 10: 300})
        b.player("anabel", items=1, owned=1, minutes=60, spent_cents=999)
        b.owns("anabel", {620: 60})
        b.player("ben", steam_id="76561197970982479", items=1, owned=1, minutes=60)
        b.owns("ben", {10: 60})
        b.champion("Action", "ana", {2011: 300, 2000: 300})
        b.played("Action", {2011: 360, 2000: 360})
        b.game_reviews(620, 2014, positive=2, negative=1, liked=2, panned=1)
        b.developer_reviews("Valve", 2014, positive=2, negative=1, praised=2, panned=1)
        b.review(
            620, "carla", "Splendid, and long enough to be readable by whoever reads it here.", helpful=9
        )
        b.weights(620, {10: 0.5, 30: 0.4}, basis=NeighbourBasis.LIBRARIES)
        b.weights(10, {620: 0.5, 30: 0.3})
        b.weights(30, {620: 0.4, 10: 0.3})
    return store


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts the API over a database: `serve(database)`, with options by name."""
    with ExitStack() as stack:

        def start(database: Database, **options: Any) -> httpx.Client:
            return stack.enter_context(serving(database, **options))

        yield start


@pytest.fixture
def small_store(empty_store: Database) -> SmallStore:
    """A store of two developers, three games and four players, for one test to do with as it likes."""
    return filled(empty_store)


@pytest.fixture(scope="session")
def client(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the API over such a store, which no test changes."""
    with kept_small_store(new_store, tmp_path_factory) as store, serving(store.database) as client:
        yield client


@pytest.fixture(scope="session")
def sample_client(sample_store: Database) -> Iterator[httpx.Client]:
    """A client of the API over the generated sample."""
    with serving(sample_store) as client:
        yield client


@pytest.fixture(scope="session")
def sample_players(sample_store: Database) -> list[str]:
    """Three players of the generated sample."""
    with sample_store.reader() as session:
        return [choice.value for choice in queries.complete(session, NameKind.PLAYER, "", 3)]

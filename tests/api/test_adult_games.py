"""A game for adults is, over HTTP, not in the data."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import update

from api.operations import OPERATIONS, Operation
from store.models import Game, Maturity
from tests.api.asking import request
from tests.api.conftest import kept_small_store, serving
from tests.copies import NewStore

pytestmark = pytest.mark.slow

TITLE = "Rayman / Pokémon"


@pytest.fixture(scope="module")
def client(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the API over a small store, a game of which is for adults."""
    with kept_small_store(new_store, tmp_path_factory) as store:
        with store.database.writer() as session:
            session.execute(update(Game).where(Game.title == TITLE).values(maturity=Maturity.ADULTS_ONLY))
        with serving(store.database) as client:
            yield client


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
def test_no_answer_names_it(client: httpx.Client, operation: Operation) -> None:
    for player in ("ana", "anabel"):
        answer = request(client, operation, player)
        assert answer.status_code in (200, 404), answer.text
        assert TITLE not in answer.text


@pytest.mark.parametrize("name", ["10", "Rayman", TITLE.lower(), "https://store.steampowered.com/app/10/"])
def test_it_goes_by_no_name(client: httpx.Client, name: str) -> None:
    answer = client.get("/v1/game", params={"name": name})
    assert answer.status_code == 404
    assert TITLE not in answer.text

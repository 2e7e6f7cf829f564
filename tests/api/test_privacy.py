"""A player whom somebody keeps private is, over HTTP, not in the data."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from sqlalchemy import update

from api.operations import OPERATIONS, Operation
from store import user_data
from store.models import Review
from tests.api.asking import request
from tests.api.conftest import Serve, kept_small_store, serving
from tests.copies import NewStore
from tests.store.builder import SmallStore

# Hundreds of requests.
pytestmark = pytest.mark.slow

PRIVATE = "ana"
SECRET_TEXT = "It was written by ana alone, and by nobody else."
# All the ways to name the private player, and a name that nobody has, in the same form.
WAYS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "in another case": str.upper,
    "by the address of the profile": lambda name: f"https://steamcommunity.com/id/{name}/",
    "with white space": lambda name: f"  {name} ",
}


@pytest.fixture(scope="module")
def client(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the API over a small store, in which somebody has linked a player."""
    with kept_small_store(new_store, tmp_path_factory) as store:
        write_review(store)
        link(store, public=False)
        with serving(store.database) as client:
            yield client


def write_review(store: SmallStore) -> None:
    """Have the one review written by the player."""
    with store.database.writer() as session:
        session.execute(update(Review).values(text=SECRET_TEXT, player_id=1))


def link(store: SmallStore, *, public: bool) -> None:
    with store.database.user_data.writer() as session:
        user_data.link(session, 42, PRIVATE, public=public)


def test_the_same_questions_show_a_public_player(serve: Serve, small_store: SmallStore) -> None:
    write_review(small_store)
    client = serve(small_store.database)
    showing = {
        operation.path.partition("/{")[0]
        for operation in OPERATIONS
        for response in (request(client, operation, "an"), request(client, operation, PRIVATE))
        if f'"{PRIVATE}"' in shown(response) or SECRET_TEXT in response.text
    }
    assert showing == {
        "/UserForGenre", "/recomendacion_usuario", "/userdata", "/v1/compare_games", "/v1/compare_players",
        "/v1/complete", "/v1/find_player", "/v1/game", "/v1/library_by_genre", "/v1/recommend_group",
        "/v1/recommend_user", "/v1/review_texts", "/v1/user_for_genre", "/v1/userdata",
    }  # fmt: skip


def shown(response: httpx.Response) -> str:
    """Return the text of a response without what it repeats of the question."""
    return response.text.replace(f"“{PRIVATE}”", "").replace(f'"asked":"{PRIVATE}"', "")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
def test_nothing_anywhere_names_a_private_player_or_shows_what_it_wrote(
    client: httpx.Client, operation: Operation
) -> None:
    response = request(client, operation, "an")
    asked = request(client, operation, PRIVATE)
    for found in (response, asked):
        assert found.status_code in (200, 404), found.text
        assert f'"{PRIVATE}"' not in shown(found)
        assert SECRET_TEXT not in found.text


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
@pytest.mark.parametrize("way", WAYS)
def test_a_private_player_is_answered_as_one_who_does_not_exist(
    client: httpx.Client, operation: Operation, way: str
) -> None:
    nobody = "zzz"
    asked = request(client, operation, WAYS[way](PRIVATE))
    unknown = request(client, operation, WAYS[way](nobody))
    assert asked.status_code == unknown.status_code
    if asked.status_code == 404 and asked.json()["kind"] == "player":
        told, expected = asked.json(), unknown.json()
        assert told.pop("asked").casefold() == PRIVATE
        assert expected.pop("asked").casefold() == nobody
        for problem in (told, expected):
            del problem["detail"], problem["suggestions"]
        assert told == expected


def test_whoever_is_suggested_in_place_of_a_private_player_is_public(client: httpx.Client) -> None:
    problem = client.get("/v1/userdata", params={"user_id": PRIVATE}).json()
    assert problem["suggestions"] == ["anabel"]
    assert problem["detail"] == "No player is called “ana”. Did you mean “anabel”?"


def test_a_private_champion_is_not_named(client: httpx.Client) -> None:
    for address in ("/UserForGenre/Action", "/v1/user_for_genre?genre=Action"):
        refused = client.get(address)
        assert refused.status_code == 404
        assert refused.json()["detail"] == "Whoever has played most of the genre “Action” keeps that private."


def test_what_was_answered_before_a_link_is_not_sent_after_it(serve: Serve, small_store: SmallStore) -> None:
    client = serve(small_store.database)
    before = client.get("/userdata/ana")
    assert before.status_code == 200
    link(small_store, public=False)
    after = client.get("/userdata/ana", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 404
    link(small_store, public=True)
    assert client.get("/userdata/ana").json() == before.json()


def test_without_the_file_of_user_data_nobody_is_shown(serve: Serve, small_store: SmallStore) -> None:
    small_store.database.user_data.close()
    small_store.database.user_data_file.file.unlink()
    refused = serve(small_store.database).get("/userdata/ana")
    assert refused.status_code == 503
    assert "nextplay" not in refused.text

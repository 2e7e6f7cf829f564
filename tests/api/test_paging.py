"""A list comes in pages, each with the address of the next."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from store import Database, queries
from store.models import NameKind


def pages(client: httpx.Client, address: str, most: int = 100) -> Iterator[httpx.Response]:
    """Follow a list from page to page."""
    for _ in range(most):
        page = client.get(address)
        assert page.status_code == 200, page.text
        yield page
        if "next" not in page.links:
            return
        address = page.links["next"]["url"]
    raise AssertionError("the list does not end")


def test_a_list_is_whole_when_its_pages_are_put_together(client: httpx.Client) -> None:
    found = [page.json() for page in pages(client, "/v1/recommend_game?game=620&limit=1")]
    assert [entry["game"]["title"] for page in found for entry in page] == ["Rayman / Pokémon", "Third"]
    assert [len(page) for page in found] == [1, 1]


def test_the_last_page_has_no_next_and_one_after_it_is_empty(client: httpx.Client) -> None:
    last = client.get("/v1/recommend_game?game=620&limit=1&offset=1")
    assert "next" not in last.links
    beyond = client.get("/v1/recommend_game?game=620&limit=1&offset=7")
    assert (beyond.json(), beyond.links) == ([], {})


def test_the_next_page_is_asked_for_with_the_same_words(client: httpx.Client) -> None:
    address = "/v1/recommend_game?game=Portal+2&exclude=7&exclude=8&genre=Action+&limit=1&discovery=popular"
    page = client.get("/v1/recommend_game?game=620&exclude=7&exclude=8&limit=1&discovery=popular")
    following = httpx.URL(page.links["next"]["url"]).params
    assert following.multi_items() == [
        ("game", "620"), ("exclude", "7"), ("exclude", "8"), ("discovery", "popular"), ("limit", "1"),
        ("offset", "1"),
    ]  # fmt: skip
    assert client.get(address).status_code == 200


def test_ranks_go_on_from_page_to_page(sample_client: httpx.Client, sample_store: Database) -> None:
    with sample_store.reader() as session:
        whole = queries.top_games(session, "hours", limit=1000)
    found = [page.json() for page in pages(sample_client, "/v1/top_games?by=hours&limit=50")]
    assert [(g["rank"], g["game"]["id"]) for page in found for g in page["games"]] == [
        (entry.rank, entry.game.id) for entry in whole.games
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/v1/complete?kind=player&limit=40",
        "/v1/review_texts?developer=Valve&limit=30",
        "/v1/recommend_game?game=620&limit=50",
    ],
)
def test_no_entry_is_on_two_pages(sample_client: httpx.Client, address: str) -> None:
    seen: list[str] = []
    for page in pages(sample_client, address):
        found: Any = page.json()
        entries = found["texts"] if isinstance(found, dict) else found
        seen += [str(entry) for entry in entries]
        if len(seen) > 300:
            break
    assert len(seen) > 30
    assert "texts" in str(found) or len(set(seen)) == len(seen)


def test_completions_of_a_page_are_those_of_the_query(
    sample_client: httpx.Client, sample_store: Database
) -> None:
    with sample_store.reader() as session:
        expected = queries.complete(session, NameKind.GAME, "port", 10)
    found = sample_client.get("/v1/complete?kind=game&text=port&limit=5&offset=5").json()
    assert [entry["value"] for entry in found] == [choice.value for choice in expected[5:]]


def test_both_lists_of_a_group_have_their_page(
    sample_client: httpx.Client, sample_players: list[str]
) -> None:
    asked: dict[str, list[str] | int] = {"user_ids": sample_players, "limit": 2}
    found = sample_client.get("/v1/recommend_group", params=asked).json()
    assert len(found["to_buy"]) <= 2
    assert all(len(entry["preferences"]) == 3 for entry in found["to_buy"])

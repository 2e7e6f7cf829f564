"""Nobody asks more often than allowed, no question takes for ever, and pages elsewhere read what they may."""

import threading
import time

import httpx
import pytest
from sqlalchemy import insert

from store import Database
from store.models import Player, Review, Sentiment
from tests.api.conftest import Serve
from tests.api.test_refusals import problem_of
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow


def test_an_address_that_asks_too_often_is_told_when_to_try_again(
    serve: Serve, small_store: SmallStore
) -> None:
    client = serve(small_store.database, rate_limit="2/minute")
    assert [client.get("/developer/Valve").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/v1/provenance")
    assert problem_of(refused, 429).startswith("That is more than 2 per 1 minute; try again in ")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(("proxies", "statuses"), [((), [200, 429]), (("127.0.0.1",), [200, 200])])
def test_a_proxy_is_believed_only_where_it_is_trusted(
    serve: Serve, small_store: SmallStore, proxies: tuple[str, ...], statuses: list[int]
) -> None:
    client = serve(small_store.database, rate_limit="1/minute", trusted_proxies=proxies)
    found = [
        client.get("/developer/Valve", headers={"X-Forwarded-For": address}).status_code
        for address in ("198.51.100.1", "198.51.100.2")
    ]
    assert found == statuses


@pytest.mark.parametrize(
    ("addresses", "statuses"),
    [
        (("2001:db8::1", "2001:db8::2"), [200, 429]),
        (("2001:db8::1", "2001:db8:0:1::1"), [200, 200]),
        (("no address", "no address"), [200, 429]),
    ],
)
def test_a_network_of_ipv6_counts_as_one_address(
    serve: Serve, small_store: SmallStore, addresses: tuple[str, ...], statuses: list[int]
) -> None:
    client = serve(small_store.database, rate_limit="1/minute", trusted_proxies=("*",))
    found = [
        client.get("/developer/Valve", headers={"X-Forwarded-For": address}).status_code
        for address in addresses
    ]
    assert found == statuses


@pytest.mark.slow
def test_a_question_that_takes_too_long_is_given_up(serve: Serve, small_store: SmallStore) -> None:
    with small_store.database.writer() as session:
        numbers = range(100, 3000)
        session.execute(insert(Player), [{"id": n, "user_id": f"reviewer {n}"} for n in numbers])
        review = {
            "game_id": 620, "recommend": True, "posted_inferred": False, "helpful": 0, "helpful_of": 0,
            "funny": 0, "text": "Words.", "sentiment_score": 0.5, "sentiment": Sentiment.POSITIVE,
        }  # fmt: skip
        session.execute(insert(Review), [review | {"player_id": n} for n in numbers])
    client = serve(small_store.database, query_seconds=1e-9)
    assert client.get("/readyz").status_code == 200
    refused = client.get("/v1/review_texts?game=620&limit=100&offset=400")
    assert problem_of(refused, 503) == "That took too long and was stopped; try again in a minute."
    assert refused.headers["Retry-After"] == "5"


def test_pages_of_an_allowed_origin_may_read_answers_and_others_not(
    serve: Serve, small_store: SmallStore
) -> None:
    client = serve(small_store.database, cors_origins=("https://dashboard.example",))
    allowed = client.get("/developer/Valve", headers={"Origin": "https://dashboard.example"})
    other = client.get("/developer/Valve", headers={"Origin": "https://other.example"})
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://dashboard.example"
    assert "Access-Control-Allow-Origin" not in other.headers
    preflight = client.options(
        "/v1/recommend_library",
        headers={
            "Origin": "https://dashboard.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 200


def test_without_the_setting_no_page_elsewhere_may_read_answers(client: httpx.Client) -> None:
    answer = client.get("/developer/Valve", headers={"Origin": "https://dashboard.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_question_held_up_by_a_lock_holds_up_no_other(serve: Serve, small_store: SmallStore) -> None:
    """A writer keeps the database while others ask: readers see the data before it."""
    client = serve(small_store.database)
    done = threading.Event()

    def write() -> None:
        with Database(small_store.database.file).writer():
            done.wait(30)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        time.sleep(0.1)
        assert client.get("/developer/Valve").status_code == 200
    finally:
        done.set()
        writer.join()

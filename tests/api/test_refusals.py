"""What cannot be answered is one sentence of JSON with the right status, whatever was sent."""

import json
import logging
import socket

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.app import create_app
from api.errors import RULES
from api.options import ApiOptions
from store import StoreError
from store.errors import (
    AccountIsTaken,
    BackupError,
    CopyRefused,
    DriverMissing,
    ExportError,
    PlayerIsPrivate,
    PlayerIsTaken,
)
from store.publication.errors import ManifestTooNew, PublicationError
from store.steam_protocols import NoSuchAccount, SteamUnavailable, WishlistClosed
from tests.commands.hostile import TEXTS
from tests.store.builder import SmallStore

# Those come of the command line alone, or of what a person asks the bot; the last never leaves
# `store.visibility`.
NOT_HERE = {
    *(BackupError, CopyRefused, DriverMissing, ExportError, ManifestTooNew, PublicationError),
    *(AccountIsTaken, PlayerIsTaken, NoSuchAccount, SteamUnavailable, WishlistClosed),
    PlayerIsPrivate,
}


def problem_of(response: httpx.Response, status: int) -> str:
    """Return the sentence of a refusal, which is in the form that all have."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert set(problem) == {"title", "status", "detail", "kind", "asked", "suggestions"}
    assert problem["status"] == status
    detail: str = problem["detail"]
    assert detail[0].isupper() or not detail[0].isascii()
    assert detail.endswith((".", "?"))
    return detail


def send(client: httpx.Client, head: bytes) -> httpx.Response:
    """Send bytes as they are, which a client would not."""
    url = client.base_url
    with socket.create_connection((url.host, url.port or 0), timeout=30) as connection:
        connection.sendall(head + b"Host: here\r\nConnection: close\r\n\r\n")
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    top, _, body = received.partition(b"\r\n\r\n")
    status, *headers = top.decode("latin-1").split("\r\n")
    pairs = [tuple(header.split(": ", 1)) for header in headers]
    return httpx.Response(int(status.split()[1]), headers=pairs, content=body)  # type: ignore[arg-type]


def test_every_error_of_the_store_has_a_status() -> None:
    kinds = {kind for kind in _subclasses(StoreError) if kind.__module__.startswith("store")} - NOT_HERE
    assert {kind for kind in kinds if not any(issubclass(kind, rule.error) for rule in RULES)} == set()


def _subclasses(kind: type[StoreError]) -> set[type[StoreError]]:
    children: list[type[StoreError]] = kind.__subclasses__()
    return {found for child in children for found in (child, *_subclasses(child))}


def test_an_unknown_name_is_refused_with_the_closest_real_ones(client: httpx.Client) -> None:
    response = client.get("/v1/developer", params={"name": "Vavle"})
    assert problem_of(response, 404) == "No developer is called “Vavle”. Did you mean “Valve”?"
    problem = response.json()
    assert (problem["kind"], problem["asked"], problem["suggestions"]) == ("developer", "Vavle", ["Valve"])


def test_an_unknown_year_is_refused_with_the_nearest(client: httpx.Client) -> None:
    response = client.get("/best_developer_year/1999")
    assert problem_of(response, 404).startswith("No reviews are of the year 1999.")
    assert response.json()["suggestions"] == ["2014"]


@pytest.mark.parametrize(
    "address", ["/", "/nothing", "/v1", "/v1/", "/v2/developer", "/developer", "//", "/docs/"]
)
def test_an_unknown_address_is_refused(client: httpx.Client, address: str) -> None:
    assert "/openapi.json" in problem_of(client.get(address), 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/developer/Valve", "/v1/developer?name=Valve", "/healthz"])
def test_a_wrong_method_is_refused_with_the_right_one(
    client: httpx.Client, method: str, address: str
) -> None:
    response = client.request(method, address)
    problem_of(response, 405)
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/v1/developer", "The parameter “name” is missing."),
        (
            "/v1/developer?name=",
            "The parameter “name” cannot be used: string should have at least 1 character.",
        ),
        (
            "/developer/",
            "The parameter “desarrollador” cannot be used: string should have at least 1 character.",
        ),
        (
            "/v1/top_games?limit=101",
            "The parameter “limit” cannot be used: input should be less than or equal to 100.",
        ),
        (
            "/v1/top_games?offset=-1",
            "The parameter “offset” cannot be used: input should be greater than or equal to 0.",
        ),
        (
            "/v1/recommend_game?game=620&limit=99999999999999999999999999",
            "The parameter “limit” cannot be used: input should be less than or equal to 100.",
        ),
        (
            "/v1/best_developer_year?year=soon",
            "The parameter “year” cannot be used: input should be a valid integer, unable to parse string as "
            "an integer.",
        ),
        (
            "/v1/best_developer_year?year=2014&basis=sold",
            "The parameter “basis” cannot be used: input should be 'reviewed' or 'released'.",
        ),
        ("/v1/recommend_game?game=620&max_prise=5", "There is no parameter “max_prise”; there are "),
        ("/developer/Valve?limit=1", "There is no parameter “limit”; this address takes none."),
        ("/v1/developer?name=a&name=b", "The parameter “name” is given 2 times; give it once."),
        ("/v1/sentiment_over_time?game=620&developer=Valve", "Give a developer or a game, not both."),
        ("/v1/review_texts", "Give a developer or a game, and not both."),
        ("/v1/recommend_group?user_ids=ana&user_ids=ana", "Playing together takes 2 to 8 different players."),
        (
            "/v1/recommend_game?game=620&exclude=x",
            "The parameter “exclude.0” cannot be used: input should be a valid",
        ),
    ],
)
def test_a_wrong_parameter_is_refused_by_its_name(client: httpx.Client, address: str, sentence: str) -> None:
    assert problem_of(client.get(address), 422).startswith(sentence)


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e9", "free", "1e400"])
def test_a_price_that_makes_no_sense_is_refused(client: httpx.Client, value: str) -> None:
    problem_of(client.get("/v1/recommend_game", params={"game": "620", "max_price": value}), 422)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"library": []}', b'{"library": {"x": 1}}', b'{"library": {"620": -1}}',
        b'{"library": {"620": 1e400}}', b'{"library": {}, "\\ud800": 1}', b'{"library": {"\\ud800": 1}}',
        b'{"library": {"620": 1}, "genre": "\\ud800"}', b"\xff\xfe", b'{"library": {"620": NaN}}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_body_that_makes_no_sense_is_refused(client: httpx.Client, body: bytes) -> None:
    response = client.post(
        "/v1/recommend_library", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code in (404, 422)
    problem_of(response, response.status_code)


@pytest.mark.slow
def test_an_endless_body_is_refused(client: httpx.Client) -> None:
    body = json.dumps({"library": {str(app_id): 1 for app_id in range(300_000)}})
    response = client.post(
        "/v1/recommend_library", content=body, headers={"Content-Type": "application/json"}
    )
    problem_of(response, 413)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_is_a_name_that_nothing_has_or_too_long(client: httpx.Client, text: str) -> None:
    for response in (
        client.get("/v1/developer", params={"name": text}),
        client.get("/v1/userdata", params={"user_id": text}),
        client.get("/v1/complete", params={"kind": "game", "text": text[:300]}),
        client.get("/v1/games_named", params={"text": text}),
        client.get("/v1/recommend_game", params={"game": "620", "tag": text}),
    ):
        if response.status_code != 200:
            problem_of(response, response.status_code)
            assert response.status_code in (404, 422)


@pytest.mark.parametrize(
    "target",
    [
        b"/developer/%00",
        b"/developer/a%0Ab",
        b"/developer/%ff%fe",
        b"/developer/%ed%a0%80",
        b"/developer/%",
        b"/developer/%zz",
        b"/developer/" + b"%F0%9F%8E%AE" * 300,
        b"/developer/..%2f..%2fetc",
        b"/v1/developer?name=%ed%a0%80",
        b"/v1/developer?name=%00&name",
        b"/v1/developer?=x",
        b"/v1/developer?%ff=%ff",
        b"/v1/developer?name=a;b&&&",
        b"/v1/recommend_game?game=620&exclude=" + b"9" * 5000,
        b"/" + b"a" * 5000,
    ],
)
def test_any_target_is_answered_in_json(client: httpx.Client, target: bytes) -> None:
    response = send(client, b"GET " + target + b" HTTP/1.1\r\n")
    if response.status_code != 200:
        assert response.status_code in (404, 422)
        problem_of(response, response.status_code)


def test_a_strange_host_changes_nothing(client: httpx.Client) -> None:
    url = client.base_url
    for host in (b"[", b"a b", b"\xff", b""):
        with socket.create_connection((url.host, url.port or 0), timeout=30) as connection:
            request = (
                b"GET /v1/top_games?limit=1 HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n"
            )
            connection.sendall(request)
            assert connection.recv(64).split()[1] in (b"200", b"400")


def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client) -> None:
    for address in ("/developer/Valve", "/v1/developer?name=Nobody", "/healthz", "/nothing"):
        whole, head = client.get(address), client.head(address)
        assert head.status_code == whole.status_code
        assert head.content == b""
        same = ("Content-Type", "Content-Length", "ETag")
        assert [head.headers.get(name) for name in same] == [whole.headers.get(name) for name in same]


async def test_a_defect_is_a_number_that_the_log_has_and_nothing_else(
    small_store: SmallStore, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Request) -> Response:
        raise RuntimeError("a secret of ours")

    app = create_app(small_store.database, ApiOptions())
    app.router.routes.append(Route("/defect", fail))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
        with caplog.at_level(logging.ERROR):
            detail = problem_of(await client.get("/defect"), 500)
    assert "secret" not in detail
    assert detail.rsplit(" ", 1)[1].rstrip(".") in caplog.text

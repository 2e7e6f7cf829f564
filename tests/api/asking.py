"""Asking every operation of the API of a player, or of something that the player has to do with."""

from functools import cache
from typing import Any
from urllib.parse import quote

import httpx

from api.operations import Operation


def request(client: httpx.Client, operation: Operation, player: str) -> httpx.Response:
    """Ask whatever it is of the player, or of something that the player has to do with."""
    words: dict[str, Any] = {
        "first": player, "second": "ben", "user_id": player, "user_ids": [player, "ben"],
        "text": player, "kind": "player", "year": 2014, "limit": 100,
    }  # fmt: skip
    if not operation.path.startswith("/v1/"):
        path, _, parameter = operation.path.partition("{")
        value = {"User_id": player, "id_de_usuario": player, "anio": "2014", "genero": "Action"}.get(
            parameter.partition(":")[0].rstrip("}"), "Portal 2"
        )
        return client.get(path + quote(value, safe=""))
    if operation.method == "POST":
        return client.post(operation.path, json={"library": {"620": 300}})
    subject = operation.path.removeprefix("/v1/")
    if subject in ("compare_games", "compare_developers"):
        words |= {"first": "Portal 2", "second": "Third"} if subject == "compare_games" else {}
        words |= {"first": "Valve", "second": "A/B Ünited"} if subject == "compare_developers" else {}
    words |= {"name": "Valve" if subject == "developer" else "Portal 2", "genre": "Action", "runs": 5}
    words |= (
        {"developer": "Valve"} if "developer" in subject or "sentiment_over" in subject else {"game": "620"}
    )
    takes = _parameters(client, operation)
    return client.get(operation.path, params={name: words[name] for name in takes if name in words})


@cache
def description(client: httpx.Client) -> dict[str, Any]:
    """Return what the service says of itself."""
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


def _parameters(client: httpx.Client, operation: Operation) -> list[str]:
    """Return the names of what an operation may be asked with."""
    described = description(client)["paths"][operation.path]["get"]
    return [parameter["name"] for parameter in described.get("parameters", [])]

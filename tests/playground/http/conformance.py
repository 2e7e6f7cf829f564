"""Checks HTTP exchanges against Discord's own description of its API."""

import json
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from playground.recorder import Exchange

_ASKED, _REPLIED = "urn:discord-api:asked", "urn:discord-api:replied"


class ApiDescription:
    """The OpenAPI document, with a validator for every part of it that was asked for."""

    def __init__(self, path: Path) -> None:
        self._document = json.loads(path.read_text())
        asked, replied = deepcopy(self._document), deepcopy(self._document)
        # Discord itself departs from its description in four places: it reads ids sent as numbers (discord.py
        # relies on it) and permission bits sent as text, it knows forwards, and the errors of single fields
        # have words for codes, not numbers.
        ids = asked["components"]["schemas"]["SnowflakeType"]
        asked["components"]["schemas"]["SnowflakeType"] = {"anyOf": [ids, {"type": "integer", "minimum": 0}]}
        _allow_text(asked, ("permissions", "allow", "deny"))
        for document in (asked, replied):
            document["components"]["schemas"]["MessageReferenceType"] = {"enum": [0, 1]}
        field_errors = replied["components"]["schemas"]["InnerErrors"]["properties"]["_errors"]
        field_errors["items"] = {
            "type": "object",
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            "required": ["code", "message"],
        }
        self._registry: Registry[Any] = Registry().with_resources(
            (name, Resource.from_contents(contents, default_specification=DRAFT202012))
            for name, contents in ((_ASKED, asked), (_REPLIED, replied))
        )
        self._validators: dict[str, Draft202012Validator] = {}
        self._paths = {_shape(path): path for path in self._document["paths"]}

    def problems(self, exchange: Exchange) -> list[str]:
        """What in a request or its reply does not fit the description; nothing if all does."""
        found = self._operation(exchange)
        if found is None:
            return [f"{exchange.method} {exchange.route} is not described"]
        pointer, operation = found
        problems = list(self._reply_problems(pointer, operation, exchange))
        # A request that was refused was meant to be wrong.
        if exchange.status < 400 and exchange.sent is not None and "requestBody" in operation:
            schema = f"{pointer}/requestBody/content/application~1json/schema"
            name = f"request of {exchange.method} {exchange.route}"
            problems += self._check(_ASKED + schema, exchange.sent, name)
        return problems

    def _operation(self, exchange: Exchange) -> tuple[str, Any] | None:
        path = self._paths.get(_shape(exchange.route))
        if exchange.route.endswith("/messages/{message_id}") and exchange.path.endswith("/@original"):
            path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        method = exchange.method.lower()
        if path is None or method not in self._document["paths"][path]:
            return None
        escaped = path.replace("~", "~0").replace("/", "~1")
        return f"#/paths/{escaped}/{method}", self._document["paths"][path][method]

    def _reply_problems(self, pointer: str, operation: Any, exchange: Exchange) -> Iterable[str]:
        name = f"{exchange.status} reply of {exchange.method} {exchange.route}"
        if exchange.status == 429:
            schema = "#/components/responses/ClientRatelimitedResponse/content/application~1json/schema"
            return self._check(_REPLIED + schema, exchange.received, name)
        if exchange.status >= 400:
            schema = "#/components/responses/ClientErrorResponse/content/application~1json/schema"
            return self._check(_REPLIED + schema, exchange.received, name)
        response = operation["responses"].get(str(exchange.status))
        if response is None:
            return [f"{name} is not described"]
        if "content" not in response:
            return [] if exchange.received is None else [f"{name} should be empty"]
        schema = f"{pointer}/responses/{exchange.status}/content/application~1json/schema"
        return self._check(_REPLIED + schema, exchange.received, name)

    def _check(self, pointer: str, value: Any, name: str) -> list[str]:
        if pointer not in self._validators:
            self._validators[pointer] = Draft202012Validator({"$ref": pointer}, registry=self._registry)
        error = best_match(self._validators[pointer].iter_errors(value))
        return [] if error is None else [f"{name}: {error.json_path}: {error.message[:300]}"]


def _allow_text(part: Any, names: tuple[str, ...]) -> None:
    """Let the integer properties of these names be text as well."""
    for key, below in part.items() if isinstance(part, dict) else enumerate(part):
        if key in names and isinstance(below, dict) and "integer" in below.get("type", ()):
            below["type"] = ["integer", "null", "string"]
        elif isinstance(below, (dict, list)):
            _allow_text(below, names)


def _shape(path: str) -> tuple[str, ...]:
    return tuple("{}" if part.startswith("{") else part for part in path.split("/"))

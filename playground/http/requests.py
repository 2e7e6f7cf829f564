"""What every endpoint shares: whose token a request bears, the ids in its path, and writing a reply."""

import re
from typing import Any

import msgspec
from aiohttp import web

from playground.validation.errors import ApiError, foreign_application, not_found, unauthorized
from playground.validation.problems import repeated
from playground.world.model import Application
from playground.world.state import World

# The JSON of a reply, kept for the recorder as it was written.
REPLY_JSON: web.RequestKey[bytes] = web.RequestKey("reply_json", bytes)

_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_SNOWFLAKE = re.compile(r"[0-9]{1,20}")


def reply(
    request: web.Request, body: Any, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """Return a JSON reply. Its content type is exactly application/json: clients compare it literally."""
    written = msgspec.json.encode(body)
    request[REPLY_JSON] = written
    return web.Response(
        body=written,
        status=status,
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


def nothing(request: web.Request) -> web.Response:
    """Return an empty 204 reply."""
    request[REPLY_JSON] = b""
    return web.Response(status=204)


def number(request: web.Request, name: str) -> int:
    """Return an id in the path.

    Raises:
        ApiError: 50035 if it is not a snowflake.
    """
    text = request.match_info[name]
    if not _SNOWFLAKE.fullmatch(text):
        problem = {"code": "NUMBER_TYPE_COERCE", "message": f'Value "{repeated(text)}" is not snowflake.'}
        raise ApiError(400, 50035, "Invalid Form Body", errors={name: {"_errors": [problem]}})
    return int(text)


def switched_on(request: web.Request, name: str) -> bool:
    """Return whether a parameter of the query says yes.

    Raises:
        ApiError: 50035 for a word that is neither yes nor no ("Boolean Query Strings").
    """
    value = request.query.get(name, "false").lower()
    if value not in _BOOLEANS:
        problem = {"code": "BOOLEAN_TYPE_CONVERT", "message": "Must be either true or false."}
        raise ApiError(400, 50035, "Invalid Form Body", errors={name: {"_errors": [problem]}})
    return _BOOLEANS[value]


def caller(world: World, request: web.Request) -> Application:
    """Return the application whose token the request bears.

    Raises:
        ApiError: 401 without a known bot token.
    """
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    application = world.application_of(token.strip()) if kind == "Bot" else None
    if application is None:
        raise unauthorized()
    return application


def own_application(world: World, request: web.Request) -> Application:
    """Return the caller, which must be the application named in the path.

    Raises:
        ApiError: 401 without a token, 403 for another application, 404 for none.
    """
    application = caller(world, request)
    named = number(request, "application_id")
    if named not in world.applications:
        raise not_found()
    if named != application.id:
        raise foreign_application()
    return application

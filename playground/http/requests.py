"""What every endpoint shares: reading a request, knowing whose token it bears, writing a reply."""

import re
from functools import lru_cache
from typing import Any

import msgspec
from aiohttp import BodyPartReader, content_disposition_filename, parse_content_disposition, web

from playground.validation.errors import (
    ApiError,
    foreign_application,
    invalid_json,
    not_found,
    too_large,
    unauthorized,
)
from playground.validation.messages import Upload
from playground.world.model import Application, Json
from playground.world.state import World

MAX_REQUEST_BYTES = 25 * 1024 * 1024

# What a request carried, kept for the recorder as it was written: the body and the reply.
SENT_JSON: web.RequestKey[bytes] = web.RequestKey("sent_json", bytes)
REPLY_JSON: web.RequestKey[bytes] = web.RequestKey("reply_json", bytes)

_FILE_FIELD = re.compile(r"^files?\[(\d+)\]$")
_UNSAFE_NAME = re.compile(r"[^\w.\-]+")
# A picture is read in a few pieces rather than in many.
_BYTES_AT_ONCE = 2**18

# Bots name their files alike, and aiohttp takes longer over these names than over all else in a part.
_disposition = lru_cache(maxsize=256)(parse_content_disposition)


def reply(
    request: web.Request, body: Any, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """A JSON reply. Its content type is exactly application/json: clients compare it literally."""
    written = msgspec.json.encode(body)
    request[REPLY_JSON] = written
    return web.Response(
        body=written,
        status=status,
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


def nothing(request: web.Request) -> web.Response:
    """An empty 204 reply."""
    request[REPLY_JSON] = b""
    return web.Response(status=204)


def number(request: web.Request, name: str) -> int:
    """An id in the path.

    Raises:
        ApiError: 50035 if it is not a snowflake.
    """
    text = request.match_info[name]
    if not (text.isascii() and text.isdigit()):
        raise ApiError(
            400,
            50035,
            "Invalid Form Body",
            errors={
                name: {
                    "_errors": [
                        {"code": "NUMBER_TYPE_COERCE", "message": f'Value "{text}" is not snowflake.'}
                    ]
                }
            },
        )
    return int(text)


def caller(world: World, request: web.Request) -> Application:
    """The application whose token the request bears.

    Raises:
        ApiError: 401 without a known bot token.
    """
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    application = world.application_of(token.strip()) if kind == "Bot" else None
    if application is None:
        raise unauthorized()
    return application


def own_application(world: World, request: web.Request) -> Application:
    """The caller, which must be the application named in the path.

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


async def read_json(request: web.Request) -> Any:
    """The JSON body.

    Raises:
        ApiError: 50109 if it is not JSON.
    """
    raw = await _read_limited(request)
    try:
        body = msgspec.json.decode(raw) if raw else {}
    except msgspec.DecodeError:
        raise invalid_json() from None
    request[SENT_JSON] = raw or b"{}"
    return body


async def read_message(request: web.Request) -> tuple[Json, list[Upload]]:
    """A body that may bring files: plain JSON, or multipart with `payload_json` and `files[n]`.

    Raises:
        ApiError: for invalid JSON, a body that is no object, or one over the size limit.
    """
    if not is_multipart(request):
        return _object(await read_json(request)), []
    if (request.content_length or 0) > MAX_REQUEST_BYTES:
        raise too_large()
    body: Any = {}
    request[SENT_JSON] = b"{}"
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        part.chunk_size = _BYTES_AT_ONCE
        data = bytes(await part.read(decode=True))
        _, names = _disposition(part.headers.get("Content-Disposition"))
        field = content_disposition_filename(names, "name") or ""
        if field == "payload_json":
            try:
                body = msgspec.json.decode(data)
            except msgspec.DecodeError:
                raise invalid_json() from None
            request[SENT_JSON] = data
        else:
            found = _FILE_FIELD.match(field)
            key = int(found[1]) if found else len(uploads)
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads.append(
                Upload(key, _file_name(content_disposition_filename(names, "filename")), kind, data)
            )
    return _object(body), uploads


def is_multipart(request: web.Request) -> bool:
    """Whether a body says that it has parts, as one with files does."""
    # aiohttp's own reading of the header takes longer than all else in a request, for its boundary is new.
    return request.headers.get("Content-Type", "").strip().lower().startswith("multipart/")


def _object(body: Any) -> Json:
    if not isinstance(body, dict):
        raise ApiError(
            400,
            50035,
            "Invalid Form Body",
            errors={
                "_errors": [
                    {"code": "DICT_TYPE_CONVERT", "message": "Only dictionaries may be used in a DictType"}
                ]
            },
        )
    return body


def _file_name(name: str | None) -> str:
    return _UNSAFE_NAME.sub("_", name or "") or "unknown"


async def _read_limited(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None

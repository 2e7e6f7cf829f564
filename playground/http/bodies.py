"""Reading the body of a request: JSON, form-encoded or in parts, whatever bytes come.

Discord's reference names the three forms under "Content Type"; of a form with `payload_json` it reads nothing
else but the files.
"""

import re
from collections.abc import AsyncIterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, content_disposition_filename, parse_content_disposition, web

from playground.validation.errors import (
    ApiError,
    broken_form,
    invalid_form,
    invalid_json,
    too_large,
    unsupported_content_type,
)
from playground.validation.messages import Upload
from playground.validation.payloads import NotJson, decode
from playground.world.model import Json

MAX_REQUEST_BYTES = 25 * 1024 * 1024

# The JSON that a request carried, kept for the recorder as it was written.
SENT_JSON: web.RequestKey[bytes] = web.RequestKey("sent_json", bytes)

_FILE_FIELD = re.compile(r"files?\[([0-9]{1,9})\]")
_UNSAFE_NAME = re.compile(r"[^\w.\-]+")
_UNSAFE_TYPE = re.compile(r"[^ -~]")
# Fields of a form that are text even where they look like JSON, such as a `content` of "7".
_TEXT_FIELDS = frozenset({"content", "nonce", "username", "avatar_url", "thread_name", "name", "topic"})
# A picture is read in a few pieces rather than in many.
_BYTES_AT_ONCE = 2**18

# Bots name their files alike, and aiohttp takes longer over these names than over all else in a part.
_disposition = lru_cache(maxsize=256)(parse_content_disposition)


async def read_json(request: web.Request) -> Any:
    """Return the body of an endpoint that takes no files; an empty one is an empty object.

    Raises:
        ApiError: 50109 if it is not JSON, 50035 if it says to be something that Discord does not read.
    """
    if is_multipart(request) or _content_type(request) == "application/x-www-form-urlencoded":
        return (await read_message(request))[0]
    raw = await _read_limited(request)
    if raw and _content_type(request) != "application/json":
        raise unsupported_content_type()
    return _decoded(request, raw or b"{}")


async def read_object(request: web.Request) -> Json:
    """Return the same where it must be an object.

    Raises:
        ApiError: as `read_json`, and 50035 for anything but an object.
    """
    return _object(await read_json(request))


async def read_message(request: web.Request) -> tuple[Json, list[Upload]]:
    """Return a body that may have files: JSON, form-encoded, or parts with `payload_json` or plain fields.

    Raises:
        ApiError: for a body that cannot be read, is no object, or is over the size limit.
    """
    if is_multipart(request):
        return await _read_parts(request)
    if _content_type(request) == "application/x-www-form-urlencoded":
        raw = await _read_limited(request)
        try:
            fields = dict(parse_qsl(raw.decode(), keep_blank_values=True, errors="strict"))
        except ValueError as error:
            raise broken_form(str(error)) from None
        return _from_fields(request, fields), []
    return await read_object(request), []


def is_multipart(request: web.Request) -> bool:
    """Return whether a body says that it has parts, as one with files does."""
    # aiohttp's own reading of the header takes longer than all else in a request, for its boundary is new.
    return request.headers.get("Content-Type", "").strip().lower().startswith("multipart/")


def _content_type(request: web.Request) -> str:
    return request.headers.get("Content-Type", "").partition(";")[0].strip().lower()


async def _read_parts(request: web.Request) -> tuple[Json, list[Upload]]:
    if (request.content_length or 0) > MAX_REQUEST_BYTES:
        raise too_large()
    fields: dict[str, str] = {}
    uploads: list[Upload] = []
    size = 0
    try:
        async for field, part in _parts(request):
            data = bytes(await part.read(decode=True))
            size += len(data)
            if size > MAX_REQUEST_BYTES:
                raise too_large()
            if _is_file(field, part):
                uploads.append(_upload(field, part, data, len(uploads)))
            else:
                fields[field] = data.decode()
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    except ApiError:
        raise
    except Exception as error:
        # aiohttp's reader raises errors of many kinds (of values, look-ups, assertions, codecs) for the one
        # thing that they all mean here: these bytes are not what their header says.
        raise broken_form(type(error).__name__) from error
    return _from_fields(request, fields), uploads


async def _parts(request: web.Request) -> AsyncIterator[tuple[str, BodyPartReader]]:
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader):
            part.chunk_size = _BYTES_AT_ONCE
            yield _parameter(part, "name") or "", part


def _parameter(part: BodyPartReader, name: str) -> str | None:
    _, parameters = _disposition(part.headers.get("Content-Disposition"))
    return content_disposition_filename(parameters, name)


def _is_file(field: str, part: BodyPartReader) -> bool:
    return field != "payload_json" and (
        _FILE_FIELD.fullmatch(field) is not None or _parameter(part, "filename") is not None
    )


def _upload(field: str, part: BodyPartReader, data: bytes, position: int) -> Upload:
    numbered = _FILE_FIELD.fullmatch(field)
    name = _UNSAFE_NAME.sub("_", _parameter(part, "filename") or "") or "unknown"
    kind = _UNSAFE_TYPE.sub("", part.headers.get("Content-Type", "")) or "application/octet-stream"
    return Upload(int(numbered[1]) if numbered else position, name, kind, data)


def _from_fields(request: web.Request, fields: Mapping[str, str]) -> Json:
    if "payload_json" in fields:
        return _object(_decoded(request, fields["payload_json"].encode()))
    return {name: value if name in _TEXT_FIELDS else _plain(value) for name, value in fields.items()}


def _plain(value: str) -> Any:
    try:
        return decode(value.encode())
    except NotJson:
        return value


def _decoded(request: web.Request, raw: bytes) -> Any:
    try:
        body = decode(raw)
    except NotJson:
        raise invalid_json() from None
    request[SENT_JSON] = raw
    return body


def _object(body: Any) -> Json:
    if not isinstance(body, dict):
        raise invalid_form("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
    return body


async def _read_limited(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None

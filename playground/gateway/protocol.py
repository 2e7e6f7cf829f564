"""Reading what a bot sends over a gateway connection; what cannot be read closes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMessage, WSMsgType

from playground.gateway import intents
from playground.gateway.codes import CloseCode
from playground.gateway.commands import InvalidCommand, read_presence
from playground.validation.payloads import NotJson, decode
from playground.world.model import Application, Json

MAX_PAYLOAD_BYTES = 4096


class Close(Exception):
    """Close the connection with this code."""

    def __init__(self, code: CloseCode) -> None:
        super().__init__(f"close {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Identify:
    """What a bot identifies with, besides its token: its intents, and which shard it is of how many."""

    intents: int
    shard: int
    shard_count: int


def why_unreadable(query: Mapping[str, str]) -> str | None:
    """Return why a connection cannot be read; Discord's own gateway closes such ones with 4002 too."""
    encoding, compress = query.get("encoding", "json"), query.get("compress")
    if encoding != "json":
        return f"encoding={encoding[:20]} is not served here, only json"
    if compress not in (None, "", "zlib-stream"):
        return f"compress={compress[:20]} is not served here, only zlib-stream"
    return None


def bytes_of(message: WSMessage) -> bytes:
    """Return what a frame holds; Discord reads JSON in binary frames too, and some libraries send no others.

    Raises:
        Close: For a frame of another kind, and one that is too long.
    """
    raw: bytes = message.data.encode() if message.type is WSMsgType.TEXT else message.data
    if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY) or len(raw) > MAX_PAYLOAD_BYTES:
        raise Close(CloseCode.DECODE_ERROR)
    return raw


def read_payload(raw: bytes) -> tuple[int, Any]:
    """Return the opcode of a payload and its data.

    Raises:
        Close: If it is no payload.
    """
    try:
        payload = decode(raw)
    except NotJson:
        raise Close(CloseCode.DECODE_ERROR) from None
    if not isinstance(payload, dict) or type(payload.get("op")) is not int:
        raise Close(CloseCode.DECODE_ERROR)
    return payload["op"], payload.get("d")


def read_identify(data: Json, application: Application) -> Identify:
    """Return what a bot identifies with, once its token has told which `application` it is.

    Raises:
        Close: For what is malformed, and intents that the application may not have.
    """
    if not isinstance(data.get("properties"), dict):
        raise Close(CloseCode.DECODE_ERROR)
    wanted = data.get("intents")
    if type(wanted) is not int or wanted < 0 or wanted & ~intents.ALL:
        raise Close(CloseCode.INVALID_INTENTS)
    if wanted & intents.PRIVILEGED & ~application.privileged_intents:
        raise Close(CloseCode.DISALLOWED_INTENTS)
    shard = [0, 1] if data.get("shard") is None else data["shard"]
    if not _is_shard(shard):
        raise Close(CloseCode.INVALID_SHARD)
    if data.get("presence") is not None:
        try:
            read_presence(data["presence"])
        except InvalidCommand:
            raise Close(CloseCode.UNKNOWN_OPCODE) from None
    return Identify(wanted, *shard)


def token_of(data: Json) -> str:
    """Return the token that a bot authenticates with; "" if it is not one."""
    token = data.get("token")
    return token.removeprefix("Bot ") if isinstance(token, str) else ""


def _is_shard(shard: Any) -> bool:
    return (
        isinstance(shard, list)
        and len(shard) == 2
        and all(type(part) is int for part in shard)
        and 0 <= shard[0] < shard[1]
    )

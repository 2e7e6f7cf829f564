"""What is asked of Steam, and what came back, before anybody judges it."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import msgspec


class HostName(StrEnum):
    """One of Steam's hosts; each has limits of its own."""

    API = "api"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Call:
    """A request: a method of a host, such as 'IStoreBrowseService/GetItems/v1', and its query."""

    host: HostName
    method: str
    query: Mapping[str, str] = field(default_factory=dict)
    needs_key: bool = False

    @property
    def is_service(self) -> bool:
        """Whether the answer is an envelope with `response`, and its result in a header."""
        return self.host is HostName.API


@dataclass(frozen=True)
class Reply:
    """An answer as it came; the body is unpacked. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def json(self) -> object:
        """What the body says, None where it is no whole JSON, or null."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _mended(self.body)

    @property
    def is_html(self) -> bool:
        """Whether it is a page for people."""
        return "html" in self.headers.get("content-type", "") or self.body[:64].lstrip()[:1] == b"<"

    @property
    def eresult(self) -> int | None:
        """Steam's own result of a service method; 1 is good, None unsaid."""
        said = self.headers.get("x-eresult", "")
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None


def _mended(body: bytes) -> object:
    """Return what JSON says that has halves of characters in its texts, or numbers that are none; else None.

    A cut name may have the former; such a number becomes null.
    """
    try:
        said = json.loads(body, parse_float=_finite, parse_constant=_finite)
        text = json.dumps(said, ensure_ascii=False)
        return msgspec.json.decode(text.encode(errors="replace"))
    except (ValueError, RecursionError, msgspec.DecodeError):
        return None


def _finite(number: str) -> float | None:
    value = float(number)
    return value if math.isfinite(value) else None

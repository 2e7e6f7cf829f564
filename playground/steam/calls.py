"""The record of calls, by which tests see how polite a client was."""

from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from playground.steam.lean_json import decode

KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call and how it was answered.

    Attributes:
        at: when, in Unix seconds on the world's clock.
        host: "api", "store", "community" or "media".
        verb: the HTTP method.
        method: what was asked, e.g. "IStoreBrowseService/GetItems" or "api/appdetails".
        sent: the parameters as they were sent, without the key.
        keyed: whether it came with a key, and "header" or "parameter" for how; empty without.
        user_agent: as the client calls itself.
        status: the HTTP status.
        eresult: of `x-eresult`; None without the header.
    """

    at: float
    host: str
    verb: str
    method: str
    sent: Mapping[str, str]
    keyed: str
    user_agent: str
    status: int
    eresult: int | None

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters, those in `input_json` read where it is JSON."""
        flat: dict[str, Any] = dict(self.sent)
        try:
            inner = decode(flat.get("input_json", ""))
        except msgspec.DecodeError:
            return flat
        del flat["input_json"]
        return flat | inner if isinstance(inner, dict) else flat

    def as_fields(self) -> dict[str, Any]:
        """Return the call as JSON has it."""
        return asdict(self)


class Calls:
    """The latest calls, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)

    def add(self, call: Call) -> None:
        """Record a call."""
        self._calls.append(call)

    def of(self, method: str = "") -> list[Call]:
        """Return the calls whose method contains a text; all by default."""
        return [call for call in tuple(self._calls) if method in call.method]

    def forget(self) -> None:
        """Begin again."""
        self._calls.clear()

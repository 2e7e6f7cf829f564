"""Every exchange over HTTP and every event, for transcripts and for checks of the exchanges."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

KEPT = 5000
KEPT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its reply. `route` is the path with its variables, e.g. /channels/{channel_id}.

    The bodies are kept as they were written: thousands of them as objects slow down every garbage collection.
    """

    method: str
    path: str
    route: str
    query: str
    sent_json: bytes
    files: bool
    status: int
    received_json: bytes

    @property
    def size(self) -> int:
        """How many bytes of JSON it has."""
        return len(self.sent_json) + len(self.received_json)

    @property
    def sent(self) -> Any:
        """The JSON of the request; None if there was none."""
        return msgspec.json.decode(self.sent_json) if self.sent_json else None

    @property
    def received(self) -> Any:
        """The JSON of the reply; None if there was none."""
        return msgspec.json.decode(self.received_json) if self.received_json else None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened, at a moment of the playground's clock; its text is made when it is read."""

    moment: float
    text: Callable[[], str]

    def lines(self) -> list[str]:
        """Return the note as lines of a transcript."""
        stamp = datetime.fromtimestamp(self.moment, UTC).strftime("%H:%M:%S.%f")[:-3]
        return [f"{stamp}  {line}" for line in self.text().splitlines()]


class Recorder:
    """Keeps the latest exchanges and notes."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self.exchanges: deque[Exchange] = deque()
        self._bytes = 0
        self._most = kept_bytes
        self._notes: deque[Note] = deque(maxlen=KEPT)

    def keep(self, exchange: Exchange) -> None:
        """Add an exchange, and let go of the oldest beyond what is kept."""
        self.exchanges.append(exchange)
        self._bytes += exchange.size
        while len(self.exchanges) > KEPT or self._bytes > self._most:
            self._bytes -= self.exchanges.popleft().size

    def note(self, moment: float, text: Callable[[], str]) -> None:
        """Add to the transcript."""
        self._notes.append(Note(moment, text))

    def transcript(self) -> str:
        """Return what happened, oldest first, readable by a person. Tokens do not appear in it."""
        return "\n".join(line for note in self._notes for line in note.lines())

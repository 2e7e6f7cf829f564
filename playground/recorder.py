"""Every exchange over HTTP and every event, for transcripts and for checks of the exchanges."""

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

KEPT = 5000


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its reply. `route` is the path with its variables, e.g. /channels/{channel_id}."""

    method: str
    path: str
    route: str
    query: str
    sent: Any
    files: bool
    status: int
    received: Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript, at a moment of the playground's clock."""

    moment: float
    text: str

    def __str__(self) -> str:
        stamp = datetime.fromtimestamp(self.moment, UTC).strftime("%H:%M:%S.%f")[:-3]
        return f"{stamp}  {self.text}"


class Recorder:
    """Keeps the latest exchanges and transcript lines."""

    def __init__(self) -> None:
        self.exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self.lines: deque[Line] = deque(maxlen=KEPT)

    def note(self, moment: float, text: str) -> None:
        """Add a line (or several) to the transcript."""
        for line in text.splitlines():
            self.lines.append(Line(moment, line))

    def transcript(self) -> str:
        """What happened, oldest first, readable by a person. Tokens do not appear in it."""
        return "\n".join(str(line) for line in self.lines)

"""What a refresh knows of where its data come from.

A source gives everything that it knows, every time: what it no longer gives has gone. One that asks a service
a little at a time keeps the answers in a store of its own, of which `fetch` renews a part, and gives what it
has kept; an answer that did not come, or came empty, changes nothing there. So a run may be partial, or stop
in the middle, and no step after it has to know.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from ingest.rejects import Refusal, Rejected
from store.runs import Progress, RefusedUnit

if TYPE_CHECKING:
    from ingest.clean.rows import AnonymousColumns, CleanGame, CleanReview, LibraryColumns


class Kind(StrEnum):
    """What an input holds, in words for people."""

    GAMES = "games"
    REVIEWS = "reviews"
    OWNED_GAMES = "owned games"


@dataclass(frozen=True, slots=True)
class InputState:
    """An input at one time, by which a later run finds it unchanged.

    `size` is in bytes as stored, `modified_ns` in nanoseconds since the epoch, `sha256` in hexadecimal.
    """

    size: int
    modified_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class InputRecord:
    """What the record of a run keeps of an input that it read, or found unchanged.

    `location` is a path or an address; `lines` and `rejected` count lines and refused records.
    """

    location: str
    state: InputState
    lines: int
    rejected: int


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """An input of a source, a file for one, as a run read it or found it unchanged.

    `name` is its own within the source. `repeated` are the records of its `kind` that a run passed over or
    merged for an earlier one, 0 if it read nothing. `refusals` counts what it refused of each kind.
    """

    name: str
    kind: Kind
    record: InputRecord
    repeated: int = 0
    refusals: Mapping[Refusal, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InputRead:
    """An input that was read to its end.

    `blank` lines carry no record and are no rejects. `reject_share` is the refused share, 0 to 1, of its
    lines or of its records, whichever is larger. `label` is what `rejects` are kept under, such as a file's
    name. `counts` says how much of each kind was refused, values of single fields included; a source that
    gives every reject, and no such values, may leave it out.
    """

    name: str
    kind: Kind
    location: str
    label: str
    state: InputState
    lines: int
    blank: int
    rejects: tuple[Rejected, ...]
    reject_share: float
    counts: Mapping[Refusal, int] = field(default_factory=dict)

    @property
    def refusals(self) -> Mapping[Refusal, int]:
        """How much of each kind was refused."""
        return self.counts or Counter(entry.kind for entry in self.rejects)

    @property
    def record(self) -> InputRecord:
        """What the record of a run keeps of it."""
        refused = sum(count for kind, count in self.refusals.items() if kind.unit is not RefusedUnit.VALUE)
        return InputRecord(self.location, self.state, self.lines, refused)


class Source(Protocol):
    """Somewhere that games, reviews and libraries come from.

    A run calls `fetch` first, asks then whether all is `unchanged`, and if not reads `reviews`, `games` and
    `libraries`, each once and to its end, and last of all `inputs`. Everything may raise SourceError, and
    whatever a method of `progress` raises.
    """

    @property
    def is_remote(self) -> bool:
        """Whether `fetch` asks other machines."""

    @property
    def is_partial(self) -> bool:
        """Whether `fetch` ended before all that was due had come; what it gives is whole all the same."""

    @property
    def rules(self) -> Mapping[str, int]:
        """What the clean rows depend on beside the inputs; another value means that all is read again."""

    @property
    def notes(self) -> Sequence[str]:
        """Sentences about choices that were made in finding the inputs; known once they are fetched."""

    def fetch(self, progress: Progress) -> None:
        """Find the inputs, and bring here what is elsewhere; a run that was stopped in it goes on from there.

        Raises:
            SourceError: If an input is missing or is not what it is taken for.
            DownloadError: If one cannot be had.
        """

    def unchanged(
        self, before: Mapping[str, InputRecord], seen_at: datetime
    ) -> tuple[SourceRecord, ...] | None:
        """Compare the inputs with what the last run had, cheaply where that is certain.

        Args:
            before: The inputs of the last run by name.
            seen_at: When that run began.

        Returns:
            What to record of the inputs now if they all say what they said before, else None.
        """

    def games(self, progress: Progress) -> "Iterator[CleanGame]":
        """Yield all listed apps; of one that comes again the first counts."""

    def reviews(self, progress: Progress) -> "Iterator[CleanReview]":
        """Yield all reviews; of one by the same user of the same app the first counts."""

    def libraries(self, progress: Progress) -> "Iterator[LibraryColumns | AnonymousColumns]":
        """Yield all libraries, some at a time; those of people without names apart."""

    def inputs(self) -> tuple[InputRead, ...]:
        """Return what was read, in the order in which it is reported."""

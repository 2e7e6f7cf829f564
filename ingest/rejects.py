"""What could not be used, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field

_EXCERPT_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line (`record` is None) or a record of a line, both counted from 1, that could not be used."""

    line: int
    record: int | None
    reason: str
    excerpt: str


def reject(line: int, reason: str, raw: object, record: int | None = None) -> Rejected:
    """Return the reject of a line's bytes, or of the value of one of its records."""
    text = raw[: 4 * _EXCERPT_CHARACTERS].decode(errors="replace") if isinstance(raw, bytes) else repr(raw)
    return Rejected(line, record, reason, text[:_EXCERPT_CHARACTERS].encode(errors="replace").decode())


@dataclass(slots=True)
class Tally:
    """How many lines and records of a file were looked at, and which of them were refused."""

    lines: int = 0
    records: int = 0
    rejects: list[Rejected] = field(default_factory=list)

    def add(self, lines: int, records: int, rejects: Iterable[Rejected]) -> None:
        """Count more lines and records, and what was refused of them."""
        self.lines += lines
        self.records += records
        self.rejects.extend(rejects)

    @property
    def share(self) -> float:
        """The refused share, 0 to 1, of the lines or of the records, whichever is larger."""
        refused_lines = sum(entry.record is None for entry in self.rejects)
        refused_records = len(self.rejects) - refused_lines
        return max(refused_lines / max(self.lines, 1), refused_records / max(self.records, 1))

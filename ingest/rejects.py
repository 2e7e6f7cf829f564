"""What could not be used, and why: lines, records, and values of single fields."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from store.runs import RefusedUnit

# How many rejects of one reason are kept with their text; further ones are only counted.
KEPT_OF_A_KIND = 1_000
_EXCERPT_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line (`record` is None) or a record of a line, both counted from 1, that could not be used."""

    line: int
    record: int | None
    reason: str
    excerpt: str

    @property
    def kind(self) -> "Refusal":
        """What it is counted under."""
        return Refusal(RefusedUnit.LINE if self.record is None else RefusedUnit.RECORD, self.reason)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One kind of what cannot be used: lines, records, or values of one `field`, for one reason."""

    unit: RefusedUnit
    reason: str
    field: str = ""


def reject(line: int, reason: str, raw: object, record: int | None = None) -> Rejected:
    """Return the reject of a line's bytes, or of the value of one of its records."""
    text = raw[: 4 * _EXCERPT_CHARACTERS].decode(errors="replace") if isinstance(raw, bytes) else _shown(raw)
    return Rejected(line, record, reason, text[:_EXCERPT_CHARACTERS].encode(errors="replace").decode())


def _shown(value: object) -> str:
    try:
        return repr(value)
    except (RecursionError, ValueError):  # nested too deeply, or a number of too many digits
        return f"a {type(value).__name__} that cannot be shown"


@dataclass(slots=True)
class Tally:
    """How many lines and records of an input were read, and which of them were refused.

    `lines` and `records` include the refused ones, but no records of a refused line. `rejects` are the first
    of each kind, `counts` all of them and the values that were taken as unknown.
    """

    lines: int = 0
    records: int = 0
    rejects: list[Rejected] = field(default_factory=list)
    counts: Counter[Refusal] = field(default_factory=Counter)

    def refuse_line(self, line: int, reason: str, raw: object) -> None:
        """Count a line that cannot be used."""
        self._refuse(Refusal(RefusedUnit.LINE, reason), line, raw, None)

    def refuse_record(self, line: int, record: int, reason: str, raw: object) -> None:
        """Count a record of a line that cannot be used; the line and its other records stay."""
        self._refuse(Refusal(RefusedUnit.RECORD, reason), line, raw, record)

    def _refuse(self, kind: Refusal, line: int, raw: object, record: int | None) -> None:
        if self.counts[kind] < KEPT_OF_A_KIND:
            self.rejects.append(reject(line, kind.reason, raw, record))
        self.counts[kind] += 1

    def discard(self, name: str, reason: str, times: int = 1) -> None:
        """Count a value of the field `name` that is taken as unknown; its record stays."""
        self.counts[Refusal(RefusedUnit.VALUE, reason, name)] += times

    def add(self, others: Iterable["Tally"]) -> None:
        """Add what was counted in other parts of the same input."""
        for other in others:
            self.lines += other.lines
            self.records += other.records
            self.counts += other.counts
            self.rejects += other.rejects
        kept: Counter[Refusal] = Counter()
        rejects, self.rejects = sorted(self.rejects, key=attrgetter("line")), []
        for entry in rejects:
            if kept[entry.kind] < KEPT_OF_A_KIND:
                self.rejects.append(entry)
            kept[entry.kind] += 1

    def refused(self, unit: RefusedUnit) -> int:
        """Return how many lines, records or values were refused."""
        return sum(count for kind, count in self.counts.items() if kind.unit is unit)

    @property
    def share(self) -> float:
        """The refused share, 0 to 1, of the lines or of the records, whichever is larger."""
        lines, records = self.refused(RefusedUnit.LINE), self.refused(RefusedUnit.RECORD)
        return max(lines / max(self.lines, 1), records / max(self.records, 1))

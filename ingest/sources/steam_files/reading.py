"""One of the files on its way through a run."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.errors import GuardError
from ingest.parse.lines import Batch
from ingest.rejects import Tally
from ingest.sources.files import most_unpacked
from ingest.sources.source import InputRead, Kind
from ingest.sources.steam_files.source_file import SourceFile
from store.runs import RefusedUnit

# The shortest line that can be used is `{"id":1}` and its end.
_SHORTEST_LINE = 9
# Deflate, which gzip uses, makes no more bytes of one: https://zlib.net/zlib_tech.html
_LARGEST_EXPANSION = 1_032
_GZIP = b"\x1f\x8b"


@dataclass(slots=True)
class Reading:
    """A file, and what was counted in it and refused; complete once its rows are used up.

    `name` is its own within the source. `max_reject_share` (0 to 1) of its lines may be refused; None is all.
    """

    name: str
    kind: Kind
    file: SourceFile
    max_reject_share: float | None = None
    tally: Tally = field(default_factory=Tally)
    blank: int = 0

    def batches(self) -> Iterator[Batch]:
        """Yield all lines in order, as long as enough of them can be used.

        Raises:
            SourceError: If the file cannot be read to its end.
            GuardError: If so many lines were refused that more than the allowed share would be, even if all
                that may still come were sound and as short as can be.
        """
        most_lines = self._most_lines()
        for batch in self.file.batches():
            yield batch
            self._require_reachable(most_lines)

    def _require_reachable(self, most_lines: int) -> None:
        """Raise GuardError if too many lines were refused even if `most_lines` sound ones came after them."""
        refused = self.tally.refused(RefusedUnit.LINE)
        if self.max_reject_share is None or refused <= self.max_reject_share * (
            self.tally.lines + most_lines
        ):
            return
        first = self.tally.rejects[0]
        raise GuardError(
            f"{refused:,} lines of {self.file.file} cannot be used so far, more than the"
            f" {self.max_reject_share:.0%} allowed of all that it can hold (first in line {first.line}:"
            f" {first.reason}), so nothing was applied; if the data are right, run it again with the option"
            " force."
        )

    def _most_lines(self) -> int:
        """Return how many lines that can be used the file holds at most."""
        try:
            return self._most_bytes() // _SHORTEST_LINE
        except (OSError, EOFError, zlib.error):
            return 0  # reading it reports the error

    def _most_bytes(self) -> int:
        """Return how many bytes the file holds at most, unpacked."""
        size = self.file.file.stat().st_size
        with self.file.file.open("rb") as stream:
            start = stream.read(2)
        if start[:1] == b"{":
            return size
        if start == _GZIP:
            with gzip.open(self.file.file) as stream:
                if stream.read(1) == b"{":  # else it may be packed more than once
                    return size * _LARGEST_EXPANSION
        return most_unpacked(size)

    def done(self) -> InputRead:
        """Return the record of the file as far as it was read."""
        return InputRead(
            name=self.name,
            kind=self.kind,
            location=str(self.file.file),
            label=self.file.file.name,
            state=self.file.state,
            lines=self.file.lines,
            blank=self.blank,
            rejects=tuple(self.tally.rejects),
            reject_share=self.tally.share,
            counts=dict(self.tally.counts),
        )

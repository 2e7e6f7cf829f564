"""One of the files on its way through a run."""

from dataclasses import dataclass, field
from typing import Any

from ingest.parse.records import UserLines
from ingest.rejects import Tally
from ingest.sources.source import InputRead, Kind
from ingest.sources.steam_files.role import Role
from ingest.sources.steam_files.source_file import SourceFile

_KINDS = {Role.GAMES: Kind.GAMES, Role.REVIEWS: Kind.REVIEWS, Role.ITEMS: Kind.OWNED_GAMES}


@dataclass(slots=True)
class Reading:
    """A file, and what was counted in it and refused; complete once its rows are used up."""

    role: Role
    file: SourceFile
    tally: Tally = field(default_factory=Tally)
    blank: int = 0

    def count(self, lines: UserLines[Any], records: int) -> None:
        """Take over what the decoder of all lines counted; `records` are those that it did not refuse."""
        refused = sum(entry.record is not None for entry in lines.rejects)
        self.tally.add(lines.lines, records + refused, lines.rejects)
        self.blank = lines.blank

    def done(self) -> InputRead:
        """Return the record of the file once it was read to its end."""
        return InputRead(
            name=self.role,
            kind=kind_of(self.role),
            location=str(self.file.file),
            label=self.file.file.name,
            state=self.file.state,
            lines=self.file.lines,
            blank=self.blank,
            rejects=tuple(self.tally.rejects),
            reject_share=self.tally.share,
        )


def kind_of(role: Role) -> Kind:
    """Return what a file of this role holds."""
    return _KINDS[role]

"""How long reading alone takes, and reading with parsing: what a run does in one go, in two parts."""

from typing import Any

from benchmarks.measuring import timed
from ingest import SteamFiles
from ingest.parse import decode
from ingest.parse.forms import LineForm
from ingest.parse.records import UserLines
from ingest.parse.schemas import OWNERS, REVIEWERS
from ingest.rejects import Tally
from ingest.sources.steam_files.source_file import SourceFile
from store.runs import SilentProgress


def time_passes(sources: SteamFiles) -> tuple[float, float]:
    """Return the seconds of a pass that only reads the three files, and of one that parses them too."""
    files = (sources.games, sources.reviews, sources.items)
    _none, read, _cpu = timed(_read, *(SourceFile(file, SilentProgress()) for file in files))
    _none, parsed, _cpu = timed(_parse, *(SourceFile(file, SilentProgress()) for file in files))
    return read, parsed


def _read(*files: SourceFile) -> None:
    for file in files:
        for _batch in file.batches():
            pass


def _parse(games: SourceFile, reviews: SourceFile, items: SourceFile) -> None:
    before = b""
    for batch in games.batches():
        for line in batch.lines:
            if line and line != before:  # as most empty lines are recognised
                decode(line)
            before = line
    forms: tuple[tuple[LineForm[Any], SourceFile], ...] = ((REVIEWERS, reviews), (OWNERS, items))
    for form, file in forms:
        lines = UserLines(form, Tally())
        for batch in file.batches():
            for _user in lines.decode(batch):
                pass

"""Staging the games file."""

from dataclasses import dataclass
from typing import Any

from ingest.clean.games import CleanGame, UnusableRecord, clean_game
from ingest.parse import UnreadableLine, decode
from ingest.rejects import Tally, reject
from ingest.sources.steam_files.source_file import SourceFile


@dataclass(frozen=True, slots=True)
class GamesRead:
    """The apps by id, the first record of each; `blank` lines are empty or say NaN to everything."""

    games: dict[int, CleanGame]
    tally: Tally
    blank: int
    repeated: int


def read_games(source: SourceFile) -> GamesRead:
    """Read the whole games file; raises SourceError."""
    games: dict[int, CleanGame] = {}
    tally = Tally()
    blank = 0
    nothing = b""  # the newest line that says NaN to everything: most of them are equal
    for batch in source.batches():
        for number, line in enumerate(batch.lines, batch.first):
            if not line or line == nothing or line.isspace():
                blank += 1
                continue
            try:
                record = decode(line)
                if _says_nothing(record):
                    blank += 1
                    nothing = line
                    continue
                if not isinstance(record, dict):
                    raise UnusableRecord("not a record with named fields")
                game = clean_game(record)
            except (UnreadableLine, UnusableRecord) as error:
                tally.add(1, 0, [reject(number, str(error), line)])
                continue
            tally.add(1, 0, ())
            games.setdefault(game.id, game)
    repeated = tally.lines - len(tally.rejects) - len(games)
    return GamesRead(games, tally, blank, repeated)


def _says_nothing(record: Any) -> bool:
    return isinstance(record, dict) and all(value != value for value in record.values())  # noqa: PLR0124

"""What a run has read, cleaned and scored, before any of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.clean.games import CleanGame
from ingest.clean.reviews import CleanReview
from ingest.rejects import Rejected
from ingest.sources.steam_files.find import Role
from ingest.sources.steam_files.source_file import FileState

Int32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class StagedPlayer:
    """A user; `items_count` and the library's `fingerprint` are None where the items file lacks the user."""

    user_id: str
    steam_id: str | None
    items_count: int | None
    fingerprint: bytes | None


@dataclass(frozen=True, slots=True, eq=False)
class Libraries:
    """Who owns what: four columns of one length, sorted by player and game, no pair twice.

    `player` is the place in `Staged.players`, `game` the app id; `minutes` were played in all,
    `minutes_2weeks` in the two weeks before the crawl.
    """

    player: Int32
    game: Int32
    minutes: Int32
    minutes_2weeks: Int32


@dataclass(frozen=True, slots=True)
class StagedSource:
    """A file that was read whole.

    `blank` lines carry no record and are no rejects; `repeated` records are of what an earlier one is of: the
    same app, the same review, the same game of the same player.
    """

    role: Role
    file: Path
    state: FileState
    lines: int
    blank: int
    repeated: int
    rejects: tuple[Rejected, ...]
    reject_share: float


@dataclass(frozen=True, slots=True, eq=False)
class Staged:
    """Everything that the three files say.

    `games` are sorted by app id and cover every app that a library or a review mentions. `scores` are the
    VADER compounds, -1 to 1, of `reviews`. `seconds` says how long each stage took.
    """

    games: list[CleanGame]
    players: list[StagedPlayer]
    libraries: Libraries
    reviews: list[CleanReview]
    scores: NDArray[np.float64]
    sources: tuple[StagedSource, ...]
    generated: bool
    seconds: Mapping[str, float]

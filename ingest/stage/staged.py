"""What a run has read and cleaned, before any of it is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.clean.rows import CleanGame, CleanReview
from ingest.score.tone import Tone
from ingest.sources.source import InputRead, Kind
from ingest.stage.players import StagedPlayers

Int32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Libraries:
    """Who owns what: four columns of one length, sorted by player and game, no pair twice.

    `player` is the index in `Staged.players`, `game` the app id; `minutes` were played in all,
    `minutes_2weeks` in the two weeks before the crawl.
    """

    player: Int32
    game: Int32
    minutes: Int32
    minutes_2weeks: Int32


@dataclass(frozen=True, slots=True, eq=False)
class AnonymousLibraries:
    """What people without names own: `sizes` of their libraries, and the games of one after the other.

    `games` (app ids, ascending in a library), `minutes` (int32) and `recommends` (int8: 1, 0, or -1 for not
    known) are of one length, the sum of `sizes`.
    """

    sizes: Int32
    games: Int32
    minutes: Int32
    recommends: NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Staged:
    """Everything that a source says.

    `games` are sorted by app id and cover every app that a library or a review mentions. `tones` returns
    those of `reviews`, once all have been judged. `repeated` counts the records of each kind that are of
    what an earlier one is of: the same app, the same review, the same game of the same player.
    """

    games: list[CleanGame]
    players: StagedPlayers
    libraries: Libraries
    anonymous: AnonymousLibraries
    reviews: list[CleanReview]
    tones: Callable[[], list[Tone]]
    inputs: tuple[InputRead, ...]
    repeated: Mapping[Kind, int]
    generated: bool

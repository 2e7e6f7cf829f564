"""Learning the neighbours table from the store."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from recommender.content import Content, read_content
from recommender.ease import EaseSettings, fit_ease
from recommender.libraries import Libraries, read_libraries
from recommender.neighbours import NeighbourRow, replace_neighbours, strongest
from store.models import NeighbourBasis

_GAMES_AT_ONCE = 512
# Sums depend on how a matrix product is divided; a fixed number of threads keeps the table the same.
_THREADS = 2


class Progress(Protocol):
    """What training tells of its progress."""

    def start(self, stage: str, total: int | None, unit: str) -> None: ...
    def advance(self, n: int) -> None: ...
    def finish(self) -> None: ...


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """How to learn. `min_owners` is how many players must own a game for its weights to come from libraries;
    `per_game` is how many weights each game keeps.
    """

    ease: EaseSettings = field(default_factory=EaseSettings)
    min_owners: int = 3
    per_game: int = 100


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What training read and wrote. `seconds` is the duration of each stage."""

    players: int
    owned_games: int
    games_by_libraries: int
    games_by_content: int
    seconds: dict[str, float]

    @property
    def games(self) -> int:
        """Return how many games have neighbours."""
        return self.games_by_libraries + self.games_by_content


def train(
    session: Session, progress: Progress | None = None, *, settings: TrainSettings | None = None
) -> TrainReport:
    """Learn every game's neighbours and replace the table, in the transaction of the writer's `session`.

    The same data give the same table, byte for byte, on the same kind of processor.
    """
    settings = settings or TrainSettings()
    clock = _Clock(progress)
    clock.stage("reading libraries")
    libraries = read_libraries(session)
    content = read_content(session)
    clock.stage("learning neighbours")
    with threadpool_limits(_THREADS):
        rows = list(neighbour_rows(libraries, content, settings))
    clock.stage("writing neighbours")
    replace_neighbours(session, rows)
    by_libraries = sum(row.basis is NeighbourBasis.LIBRARIES for row in rows)
    return TrainReport(
        players=len(libraries.player_ids),
        owned_games=len(libraries.columns),
        games_by_libraries=by_libraries,
        games_by_content=len(rows) - by_libraries,
        seconds=clock.done(),
    )


def neighbour_rows(libraries: Libraries, content: Content, settings: TrainSettings) -> Iterator[NeighbourRow]:
    """Yield the row of every game that is owned or described."""
    games = np.union1d(libraries.game_ids, content.game_ids).astype(np.int32)
    libraries, content = libraries.over(games), content.over(games)
    warm = np.flatnonzero(libraries.owners >= settings.min_owners)
    cold = np.flatnonzero(libraries.owners < settings.min_owners)
    owned = libraries.matrix()[:, warm]
    ease = fit_ease(owned, content.features[warm], settings.ease)
    for rows, weights, common in ease.blocks():
        for game, row, counts in zip(games[warm[rows]], weights, common, strict=True):
            places = strongest(row, settings.per_game)
            yield _row(game, NeighbourBasis.LIBRARIES, games[warm[places]], row[places], counts[places])
    by_game = libraries.matrix().T.tocsr()
    for start in range(0, len(cold), _GAMES_AT_ONCE):
        some = cold[start : start + _GAMES_AT_ONCE]
        alike = (content.features[some] @ content.features.T).toarray()
        common_owners = (by_game[some] @ libraries.matrix()).toarray()
        alike[np.arange(len(some)), some] = 0
        for game, row, counts in zip(games[some], alike, common_owners, strict=True):
            places = strongest(row, settings.per_game)
            yield _row(game, NeighbourBasis.CONTENT, games[places], row[places], counts[places])


def _row(
    game: np.int32,
    basis: NeighbourBasis,
    neighbours: NDArray[np.int32],
    weights: NDArray[np.float32],
    common: NDArray[np.float32],
) -> NeighbourRow:
    return NeighbourRow(int(game), basis, neighbours, weights, common.astype(np.int32))


class _Clock:
    """Tells the stages to `progress` and keeps their durations."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._stage: str | None = None
        self._since = 0.0
        self._seconds: dict[str, float] = {}

    def stage(self, name: str) -> None:
        self.done()
        self._stage, self._since = name, time.perf_counter()
        if self._progress:
            self._progress.start(name, None, "games")

    def done(self) -> dict[str, float]:
        if self._stage is not None:
            self._seconds[self._stage] = time.perf_counter() - self._since
            self._stage = None
            if self._progress:
                self._progress.finish()
        return self._seconds

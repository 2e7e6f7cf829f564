"""Learning the neighbours table from the store."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recommender.data.anonymous import with_anonymous
from recommender.data.content import read_content
from recommender.data.libraries import read_libraries
from recommender.data.neighbours import replace_neighbours
from recommender.data.precomputed_scores import replace_precomputed_scores
from recommender.data.reviews import read_reviews
from recommender.linalg.threads import MapBlocks, in_threads
from recommender.model.hybrid import HybridEase, ModelSettings
from recommender.model.solvers import MOST_EXACT, Solver
from store.models import NeighbourBasis
from store.runs import Progress, Stage
from store.scoring.preferences import PRECOMPUTED_FROM


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What training read and wrote, `players` without names included.

    `seconds` is by stage, `notes` are sentences about choices that were made.
    """

    players: int
    owned_games: int
    games_by_libraries: int
    games_by_content: int
    seconds: dict[str, float]
    notes: tuple[str, ...] = ()

    @property
    def games(self) -> int:
        """Return how many games have neighbours."""
        return self.games_by_libraries + self.games_by_content


def train(
    session: Session,
    progress: Progress | None = None,
    *,
    settings: ModelSettings | None = None,
    precompute_from: int | None = PRECOMPUTED_FROM,
    map_blocks: MapBlocks = in_threads,
) -> TrainReport:
    """Learn every game's neighbours and replace the table, in the transaction of the writer's session.

    The same data give the same table, byte for byte, on the same kind of processor.

    Args:
        session: A writer's session.
        progress: Follows the stages, and may raise to stop.
        settings: How to learn.
        precompute_from: How many games a player must own for the scores to be precomputed; with None, those
            of all players are computed when somebody asks. No answer depends on it.
        map_blocks: What common owners are counted by, and neighbourhoods solved.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
        ValueError: The settings leave the Gram matrix singular.
    """
    settings = settings or ModelSettings()
    model = HybridEase(settings, map_blocks)
    clock = _Clock(progress)
    clock.stage(Stage.READING_LIBRARIES)
    libraries = with_anonymous(session, read_libraries(session))
    clock.stage(Stage.LEARNING_NEIGHBOURS)
    with ThreadPoolExecutor(1) as beside:
        # Only one of the two uses the session at a time: fitting asks it for nothing.
        content, reviews = beside.submit(read_content, session), beside.submit(read_reviews, session)
        fitted = model.fit(libraries, content.result, reviews.result)
        clock.stage(Stage.WRITING_NEIGHBOURS)
        games = replace_neighbours(session, fitted)
        del fitted  # free its matrix before the weights are read
        replace_precomputed_scores(session, precompute_from)
    return TrainReport(
        players=len(libraries.player_ids),
        owned_games=len(libraries.columns),
        games_by_libraries=games[NeighbourBasis.LIBRARIES],
        games_by_content=games[NeighbourBasis.CONTENT],
        seconds=clock.done(),
        notes=_notes(settings, settings.solver_of(libraries)),
    )


def _notes(settings: ModelSettings, solver: Solver) -> tuple[str, ...]:
    if solver is settings.solver or solver is Solver.EXACT:
        return ()
    return (
        f"More than {MOST_EXACT:,} games have several owners, so each was learnt from the"
        f" {settings.neighbourhood} that go with it most.",
    )


class _Clock:
    """Passes the stages on to `progress` and keeps their durations."""

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

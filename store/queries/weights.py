"""Reading the neighbours table: what some games speak for, and how alike the neighbours of a game are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store import sqlite
from store.models import Neighbours
from store.queries.filters import Discovery, tilted

Numbers = NDArray[np.float64]

# A list is nearly always filled from so many games.
DEPTH = 200
# A game that was hardly played says less about a person than one that was.
_HARDLY_PLAYED_MINUTES = 60
_HARDLY_PLAYED = 0.85
# Sums near 0 and 1 are told apart less and less: what is as near as this is hardly any nearer.
_LEAST_ODDS = 0.01
# The line that leaves log-odds as they are: intercept and slope.
_IDENTITY = (0.0, 1.0)
# What fewer own counts as if so large a share did: rare is no merit by itself.
_LEAST_POPULARITY = 1e-3


@dataclass(frozen=True, slots=True)
class Taste:
    """What is looked for in a game.

    `playing` is how many times it counts that the person would play the game, beside owning it at all: what
    people own and what they play are not the same, since bundles bring games that nobody asked for.
    `rarity` is the power of a game's popularity that its score is divided by, in favour of what fewer know.
    """

    playing: float = 1.5
    rarity: float = 0.08


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table says of some games themselves, one entry each, see `store.models.Neighbours`."""

    popularity: Numbers
    own_intercept: Numbers
    own_slope: Numbers
    play_intercept: Numbers
    play_slope: Numbers

    def liking(self, sums: Numbers, taste: Taste) -> Numbers:
        """Return how much a person likes each game for which what is owned speaks by `sums`.

        It is the calibrated probability of owning the game, and `taste.playing` times that of playing it; 0
        where nothing speaks for the game.
        """
        odds = log_odds(sums)
        own = _probability(self.own_intercept + self.own_slope * odds)
        play = _probability(self.play_intercept + self.play_slope * odds)
        known = np.maximum(self.popularity, _LEAST_POPULARITY) ** taste.rarity
        likely = (own + taste.playing * play) / (1 + taste.playing)
        return np.where(sums > 0, likely / known, 0.0)


def log_odds(sums: Numbers) -> Numbers:
    """Return the log-odds of sums of weights, taken for probabilities; they end at those of 0 and 1."""
    within = np.clip(sums, 0, 1)
    return np.asarray(np.log((within + _LEAST_ODDS) / (1 - within + _LEAST_ODDS)), np.float64)


def _probability(odds: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every weight of some games, one entry each: `sources[k]` speaks for `targets[k]` by `weights[k]`.

    Targets are app ids; sources count from 0 in the order of `source_ids`, which is ascending.
    """

    source_ids: NDArray[np.int64]
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: Numbers

    def sums(self) -> tuple[NDArray[np.int32], Numbers]:
        """Return all targets, ascending, and the sum of what speaks for each."""
        targets, place = np.unique(self.targets, return_inverse=True)
        return targets, np.bincount(place, self.weights, len(targets)).astype(np.float64)

    def speaking_for(self, target: int) -> tuple[NDArray[np.int64], Numbers]:
        """Return the ids of the sources that speak for `target`, strongest first, and their shares of 1."""
        entries = np.flatnonzero((self.targets == target) & (self.weights > 0))
        entries = entries[np.argsort(-self.weights[entries], kind="stable")]
        weights = self.weights[entries]
        return self.source_ids[self.sources[entries]], weights / weights.sum()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The neighbours that a game speaks for, how alike each is, and how many players own both."""

    targets: NDArray[np.int32]
    scores: Numbers
    common_owners: NDArray[np.int32]


def read_evidence(session: Session, library: Mapping[int, float | None]) -> Evidence:
    """Read the weights of the games in `library`, which maps app ids to minutes played, None if unknown.

    Games without neighbours are left out.
    """
    rows = session.execute(
        select(Neighbours.game_id, Neighbours.neighbour_ids, Neighbours.weights)
        .where(sqlite.is_among(Neighbours.game_id, library))
        .order_by(Neighbours.game_id)
    ).all()
    games, targets, weights = zip(*rows, strict=True) if rows else ((), (), ())
    lengths = np.array([len(packed) // 4 for packed in targets], np.int64)
    minutes = np.array([library[game] for game in games], np.float64)
    return Evidence(
        source_ids=np.array(games, np.int64),
        sources=np.repeat(np.arange(len(rows), dtype=np.int32), lengths),
        targets=np.frombuffer(b"".join(targets), "<i4").astype(np.int32),
        weights=np.frombuffer(b"".join(weights), "<f4") * np.repeat(importance(minutes), lengths),
    )


def scored(
    session: Session,
    evidence: Evidence,
    taste: Taste,
    *,
    exclude: Collection[int],
    discovery: Discovery = Discovery.BALANCED,
    depth: int | None = DEPTH,
) -> tuple[NDArray[np.int32], Numbers]:
    """Return the `depth` games that most speaks for (None is all), without `exclude`, and their scores.

    What more speaks against than for is not among them.
    """
    targets, sums = evidence.sums()
    left = (sums > 0) & ~np.isin(targets, np.fromiter(exclude, np.int64, len(exclude)))
    targets, sums = targets[left], sums[left]
    most = np.argsort(-sums, kind="stable")[:depth]
    targets, sums = targets[most], sums[most]
    of_targets = facts(session, targets)
    return targets, tilted(of_targets.liking(sums, taste), of_targets.popularity, discovery)


def read_likeness(session: Session, game: int) -> Likeness | None:
    """Return the games like one, or None if it has no neighbours."""
    row = session.execute(
        select(Neighbours.neighbour_ids, Neighbours.alikeness, Neighbours.common_owners).where(
            Neighbours.game_id == game
        )
    ).one_or_none()
    if row is None:
        return None
    return Likeness(
        np.frombuffer(row.neighbour_ids, "<i4").astype(np.int32),
        np.frombuffer(row.alikeness, "<f4").astype(np.float64),
        np.frombuffer(row.common_owners, "<i4").astype(np.int32),
    )


def importance(minutes: Numbers) -> Numbers:
    """Return how much owning a game says of a person who played it for `minutes`; not a number is unknown."""
    return np.where(minutes < _HARDLY_PLAYED_MINUTES, _HARDLY_PLAYED, 1.0)


def facts(session: Session, games: NDArray[np.int32]) -> Facts:
    """Return what the table says of each game; of one that it lacks, that nobody owns or plays it."""
    columns = tuple(getattr(Neighbours, field.name) for field in fields(Facts))
    wanted = games.tolist()
    statement = select(Neighbours.game_id, *columns).where(sqlite.is_among(Neighbours.game_id, wanted))
    known: dict[int, tuple[float, ...]] = {row[0]: row[1:] for row in session.execute(statement)}
    unknown = (0.0, *_IDENTITY, *_IDENTITY)
    table = np.array([known.get(game, unknown) for game in wanted], np.float64).reshape(-1, len(columns))
    return Facts(*table.T)

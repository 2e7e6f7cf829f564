"""The whole model: EASE where enough people own a game, resemblance where they do not."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.alikeness import alikeness
from recommender.calibration import (
    Calibration,
    calibrate,
    concatenated,
    held_out_parts,
    is_negligible,
    observed,
)
from recommender.cold import DIRECT, resemblance
from recommender.content import Content, Features, Likeness
from recommender.ease import Ease, EaseSettings, fit_ease
from recommender.libraries import PLAYED_MINUTES, Libraries
from recommender.neighbours import Model, NeighbourRow
from recommender.ranking import strongest
from store.models import NeighbourBasis
from store.queries.scored_games import Facts

# The share of owners who play is drawn to the mean as if this many average owners were added.
_AVERAGE_OWNERS = 20.0


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How to learn.

    `min_owners` is how many players must own a game for its weights to come from libraries. Each game keeps
    `per_game` weights, of which up to `cold_per_game` may be for games of fewer owners, for each of which
    `stand_ins` games of more owners stand in.
    """

    ease: EaseSettings = field(default_factory=EaseSettings)
    min_owners: int = 2
    per_game: int = 100
    cold_per_game: int = 10
    stand_ins: int = 100


def learn(libraries: Libraries, content: Content, settings: ModelSettings) -> Model:
    """Learn from who owns what and from what describes each game."""
    games = np.union1d(libraries.game_ids, content.game_ids).astype(np.int32)
    libraries, content = libraries.over(games), content.over(games)
    owners = libraries.owners
    warm = np.flatnonzero(owners >= settings.min_owners)
    cold = np.flatnonzero(owners < settings.min_owners)

    among_warm = libraries.where(owners[libraries.columns] >= settings.min_owners).without_unowned()
    ease, calibration = _learnt(among_warm, content.features[warm], settings)
    own, play = (lines.spread(warm, len(games)) for lines in (calibration.own, calibration.play))
    popularity = owners / max(len(libraries.player_ids), 1)
    facts = Facts(
        *(
            np.asarray(fact, np.float32)
            for fact in (popularity, own.intercept, own.slope, play.intercept, play.slope)
        )
    )
    rows = _Rows(games, popularity, played_shares(libraries), settings)
    return Model(games, facts, rows.of(ease, content, warm, cold))


def _learnt(libraries: Libraries, features: Features, settings: ModelSettings) -> tuple[Ease, Calibration]:
    """Learn weights, and calibrate them on players whom they were learnt without."""
    parts = held_out_parts(libraries)
    matrix = libraries.matrix()
    seen = []
    ease = None
    for part in parts:
        held_out = libraries.of(np.flatnonzero(part))
        ease = fit_ease(matrix, features, settings.ease, held_out=held_out.matrix())
        seen.append(observed(held_out, _strongest_weights(ease, settings.per_game)))
    if ease is None or len(parts) > 1 or not is_negligible(parts[0]):
        del ease  # not in memory beside the next
        ease = fit_ease(matrix, features, settings.ease)
    return ease, calibrate(concatenated(seen), libraries.shape[1])


def _strongest_weights(ease: Ease, per_game: int) -> "sparse.csr_array[np.float32]":
    blocks = [
        _only(weights, [strongest(row, per_game) for row in weights])
        for _rows, weights, _common in ease.blocks()
    ]
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def played_shares(libraries: Libraries) -> NDArray[np.float64]:
    """Return, for each game, the share of its owners who played it over an hour.

    Where few own a game its share is drawn to that of all owned games together.
    """
    owners = libraries.owners
    played = np.bincount(
        libraries.columns[libraries.minutes > PLAYED_MINUTES], minlength=len(libraries.game_ids)
    )
    mean = played.sum() / max(owners.sum(), 1)
    return np.asarray((played + _AVERAGE_OWNERS * mean) / (owners + _AVERAGE_OWNERS), np.float64)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Putting the rows together; the arrays have an entry for each game."""

    games: NDArray[np.int32]
    popularity: NDArray[np.float64]
    played_share: NDArray[np.float64]
    settings: ModelSettings

    def of(
        self, ease: Ease, content: Content, warm: NDArray[np.intp], cold: NDArray[np.intp]
    ) -> Iterator[NeighbourRow]:
        """Yield the row of every game: first those in the places `warm`, then those in `cold`."""
        resembling, most_alike = resemblance(
            content, cold, warm, stand_ins=self.settings.stand_ins, neighbours=self.settings.per_game
        )
        described = Likeness(content.features[warm])
        everything = np.arange(len(warm))
        for rows, weights, common in ease.blocks():
            cosines = described.block(everything[rows], everything)
            chosen = [strongest(row, self.settings.per_game) for row in weights]
            weights[np.arange(len(chosen)), np.arange(rows.start, rows.stop)] = DIRECT
            with_self = [np.append(best, own) for own, best in enumerate(chosen, rows.start)]
            of_cold = resembling.spoken_for(_only(weights, with_self))
            for place, row, counts, cosine, all_best, (cold_places, cold_weights) in zip(
                warm[rows], weights, common, cosines, chosen, _split_rows(of_cold), strict=True
            ):
                newest = strongest(cold_weights, self.settings.cold_per_game)
                best = all_best[: self.settings.per_game - len(newest)]
                unowned = np.zeros(len(newest), np.float32)
                yield self._of_warm(
                    place,
                    np.concatenate([warm[best], cold[cold_places[newest]]]),
                    weights=np.concatenate([row[best], cold_weights[newest]]),
                    common_owners=np.concatenate([counts[best], unowned]),
                    described=np.concatenate([cosine[best], unowned]),
                )
        for place, (places, shares) in zip(cold, most_alike, strict=True):
            nobody = np.zeros(len(places), np.int32)
            yield NeighbourRow(int(self.games[place]), NeighbourBasis.CONTENT, places, shares, shares, nobody)

    def _of_warm(
        self,
        place: np.intp,
        places: NDArray[np.intp],
        *,
        weights: NDArray[np.float32],
        common_owners: NDArray[np.float32],
        described: NDArray[np.float32],
    ) -> NeighbourRow:
        alike = alikeness(
            weights, common_owners, described, self.popularity[places], self.played_share[places]
        )
        order = np.argsort(-np.abs(weights), kind="stable")
        return NeighbourRow(
            int(self.games[place]),
            NeighbourBasis.LIBRARIES,
            places[order],
            weights[order],
            alike[order],
            common_owners[order].astype(np.int32),
        )


def _only(weights: NDArray[np.float32], chosen: list[NDArray[np.intp]]) -> "sparse.csr_array[np.float32]":
    starts = np.concatenate(([0], np.cumsum([len(places) for places in chosen], dtype=np.int64)))
    data = np.concatenate([row[places] for row, places in zip(weights, chosen, strict=True)])
    return sparse.csr_array((data, np.concatenate(chosen), starts), shape=weights.shape)


def _split_rows(
    table: "sparse.csr_array[np.float32]",
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
    for start, stop in zip(table.indptr[:-1], table.indptr[1:], strict=True):
        yield table.indices[start:stop].astype(np.intp), table.data[start:stop]

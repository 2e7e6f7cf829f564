"""The whole model: EASE where enough people own a game, resemblance where they do not."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.alikeness import alikeness
from recommender.calibration import (
    Calibration,
    Lines,
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
from recommender.neighbours import NeighbourRow
from recommender.ranking import strongest
from store.models import NeighbourBasis

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


def neighbour_rows(libraries: Libraries, content: Content, settings: ModelSettings) -> Iterator[NeighbourRow]:
    """Learn, and yield the row of every game that is owned or described."""
    games = np.union1d(libraries.game_ids, content.game_ids).astype(np.int32)
    libraries, content = libraries.over(games), content.over(games)
    owners = libraries.owners
    warm = np.flatnonzero(owners >= settings.min_owners)
    cold = np.flatnonzero(owners < settings.min_owners)

    resembling, most_alike = resemblance(
        content, cold, warm, stand_ins=settings.stand_ins, neighbours=settings.per_game
    )
    among_warm = libraries.where(owners[libraries.columns] >= settings.min_owners).without_unowned()
    ease, calibration = _learnt(among_warm, content.features[warm], settings)
    facts = _Facts(
        games,
        popularity=owners / max(len(libraries.player_ids), 1),
        played_share=played_shares(libraries),
        own=calibration.own.spread(warm, len(games)),
        play=calibration.play.spread(warm, len(games)),
    )
    described = Likeness(content.features[warm])
    everything = np.arange(len(warm))
    for rows, weights, common in ease.blocks():
        cosines = described.block(everything[rows], everything)
        chosen = [strongest(row, settings.per_game) for row in weights]
        weights[np.arange(len(chosen)), np.arange(rows.start, rows.stop)] = DIRECT
        with_self = [np.append(best, own) for own, best in enumerate(chosen, rows.start)]
        of_cold = resembling.spoken_for(_only(weights, with_self))
        for place, row, counts, cosine, all_best, (cold_places, cold_weights) in zip(
            warm[rows], weights, common, cosines, chosen, _split_rows(of_cold), strict=True
        ):
            newest = strongest(cold_weights, settings.cold_per_game)
            best = all_best[: settings.per_game - len(newest)]
            unowned = np.zeros(len(newest), np.float32)
            places = np.concatenate([warm[best], cold[cold_places[newest]]])
            speaking = np.concatenate([row[best], cold_weights[newest]])
            counted = np.concatenate([counts[best], unowned])
            alike = alikeness(
                speaking,
                counted,
                np.concatenate([cosine[best], unowned]),
                facts.popularity[places],
                facts.played_share[places],
            )
            yield facts.row(
                place,
                NeighbourBasis.LIBRARIES,
                places,
                weights=speaking,
                alike=alike,
                common_owners=counted,
            )
    for place, (places, shares) in zip(cold, most_alike, strict=True):
        nobody = np.zeros(len(places), np.float32)
        yield facts.row(
            place, NeighbourBasis.CONTENT, places, weights=shares, alike=shares, common_owners=nobody
        )


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
class _Facts:
    """What a row says of its game besides the weights, by the game's place."""

    games: NDArray[np.int32]
    popularity: NDArray[np.float64]
    played_share: NDArray[np.float64]
    own: Lines
    play: Lines

    def row(
        self,
        place: np.intp,
        basis: NeighbourBasis,
        places: NDArray[np.intp],
        *,
        weights: NDArray[np.float32],
        alike: NDArray[np.float32],
        common_owners: NDArray[np.float32],
    ) -> NeighbourRow:
        order = np.argsort(-np.abs(weights), kind="stable")
        return NeighbourRow(
            game_id=int(self.games[place]),
            basis=basis,
            popularity=float(self.popularity[place]),
            own_intercept=float(self.own.intercept[place]),
            own_slope=float(self.own.slope[place]),
            play_intercept=float(self.play.intercept[place]),
            play_slope=float(self.play.slope[place]),
            neighbour_ids=self.games[places[order]],
            weights=weights[order],
            alikeness=alike[order],
            common_owners=common_owners[order].astype(np.int32),
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

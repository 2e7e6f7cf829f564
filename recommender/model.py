"""The whole model: EASE where enough people own a game, resemblance where they do not."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.cold import DIRECT, resemblance
from recommender.content import Content
from recommender.ease import EaseSettings, fit_ease
from recommender.libraries import Libraries
from recommender.neighbours import NeighbourRow
from recommender.ranking import strongest
from store.models import NeighbourBasis

# An hour is what separates playing a game from having tried or idled it.
PLAYED_MINUTES = 60
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
    facts = _Facts(games, owners / max(len(libraries.player_ids), 1), played_shares(libraries))

    resembling, most_alike = resemblance(
        content, cold, warm, stand_ins=settings.stand_ins, neighbours=settings.per_game
    )
    ease = fit_ease(libraries.matrix()[:, warm], content.features[warm], settings.ease)
    for rows, weights, common in ease.blocks():
        chosen = [strongest(row, settings.per_game) for row in weights]
        weights[np.arange(len(chosen)), np.arange(rows.start, rows.stop)] = DIRECT
        with_self = [np.append(best, own) for own, best in enumerate(chosen, rows.start)]
        of_cold = resembling.spoken_for(_only(weights, with_self))
        for place, row, counts, all_best, (cold_places, cold_weights) in zip(
            warm[rows], weights, common, chosen, _split_rows(of_cold), strict=True
        ):
            newest = strongest(cold_weights, settings.cold_per_game)
            best = all_best[: settings.per_game - len(newest)]
            yield facts.row(
                place,
                NeighbourBasis.LIBRARIES,
                np.concatenate([warm[best], cold[cold_places[newest]]]),
                np.concatenate([row[best], cold_weights[newest]]),
                np.concatenate([counts[best], np.zeros(len(newest), np.float32)]),
            )
    for place, (places, shares) in zip(cold, most_alike, strict=True):
        yield facts.row(place, NeighbourBasis.CONTENT, places, shares, np.zeros(len(places), np.float32))


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

    def row(
        self,
        place: np.intp,
        basis: NeighbourBasis,
        places: NDArray[np.intp],
        weights: NDArray[np.float32],
        common_owners: NDArray[np.float32],
    ) -> NeighbourRow:
        order = np.argsort(-np.abs(weights), kind="stable")
        return NeighbourRow(
            game_id=int(self.games[place]),
            basis=basis,
            popularity=float(self.popularity[place]),
            played_share=float(self.played_share[place]),
            neighbour_ids=self.games[places[order]],
            weights=weights[order],
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

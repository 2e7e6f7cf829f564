"""How much each of several players would like each game, on one scale."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from store.errors import NothingToGoOn
from store.queries.weights import Taste, facts, read_evidence

Ids = NDArray[np.int32]
Numbers = NDArray[np.float64]

# A group's place for a game is halfway between how much its members like it on average and how much the one
# who likes it least does: "average" and "least misery" of J. Masthoff, "Group Modeling: Selecting a Sequence
# of Television Items to Suit a Group of Viewers", UMUAI 14 (2004).
_AVERAGE = 0.5

# The favourite is among those that most speaks for: what else counts, counts far less.
_FAVOURITES = 100


@dataclass(frozen=True, slots=True)
class Spoken:
    """What speaks for each game in the library of one player: app ids, ascending, and sums of weights."""

    targets: Ids
    sums: Numbers


def spoken_for(session: Session, name: str, library: Mapping[int, float | None]) -> Spoken:
    """Return what a player's library speaks for. Raises NothingToGoOn if that is nothing."""
    evidence = read_evidence(session, library)
    if not len(evidence.targets):
        raise NothingToGoOn(name)
    return Spoken(*evidence.sums())


def most_spoken_for(
    group: Sequence[Spoken], is_meant: Callable[[Ids], NDArray[np.bool_]], depth: int | None
) -> Ids:
    """Return the games that are meant and that most speaks for in some library, up to `depth` of each.

    All where `depth` is None; ascending.
    """
    return np.unique(np.concatenate([_top(spoken, is_meant(spoken.targets), depth) for spoken in group]))


class Likings:
    """How much each of the players likes each of some games.

    It is 0 to 1, relative to the game that the player would like most of all, owned or not.
    """

    def __init__(self, session: Session, group: Sequence[Spoken], games: Ids) -> None:
        """Work it out for `games`, which the favourites of each player are looked at beside."""
        favourites = [_top(spoken, np.ones(len(spoken.targets), bool), _FAVOURITES) for spoken in group]
        self._games: Ids = np.unique(np.concatenate([games, *favourites]))
        self._facts = facts(session, self._games)
        self._by_player = np.zeros((len(group), len(self._games)))
        for place, spoken in enumerate(group):
            at = np.searchsorted(spoken.targets, self._games)
            at[at == len(spoken.targets)] = 0
            sums = np.where(spoken.targets[at] == self._games, spoken.sums[at], 0.0)
            liking = self._facts.liking(sums, Taste())
            self._by_player[place] = liking / max(liking.max(), np.finfo(float).tiny)

    def blend(self, games: Ids) -> Numbers:
        """Return what the group as a whole thinks of some of the games."""
        likings = self._by_player[:, np.searchsorted(self._games, games)]
        blended: Numbers = _AVERAGE * likings.mean(axis=0) + (1 - _AVERAGE) * likings.min(axis=0)
        return blended

    def popularity(self, games: Ids) -> Numbers:
        """Return the share of all players who own each of some of the games."""
        shares: Numbers = self._facts.popularity[np.searchsorted(self._games, games)]
        return shares

    def of(self, game: int) -> tuple[float, ...]:
        """Return how much each player likes one of the games."""
        return tuple(self._by_player[:, np.searchsorted(self._games, game)].tolist())


def _top(spoken: Spoken, among: NDArray[np.bool_], depth: int | None) -> Ids:
    targets, sums = spoken.targets[among], spoken.sums[among]
    best: Ids = targets[np.argsort(-sums, kind="stable")[:depth]]
    return best

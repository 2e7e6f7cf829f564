"""Splitting libraries into training data, known games and hidden games."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.data.libraries import Libraries

MIN_GAMES = 5
HELD_OUT_PLAYERS = 0.1
HIDDEN_GAMES = 0.2


@dataclass(frozen=True, slots=True)
class Split:
    """One split. The rows of `known` and `hidden` are the same players, none of whom is in `train`.

    All three are over the same games.
    """

    train: Libraries
    known: Libraries
    hidden: Libraries


def eligible(libraries: Libraries) -> Libraries:
    """Return the players with enough games to hide some, over the games that they own."""
    return libraries.of(np.flatnonzero(libraries.sizes >= MIN_GAMES)).without_unowned()


def split(libraries: Libraries, seed: int) -> Split:
    """Hold a tenth of the players out of training and hide a fifth of each one's games, at least one."""
    held_out = _held_out(len(libraries.player_ids), seed)
    train = libraries.of(np.flatnonzero(~held_out))
    test = libraries.of(np.flatnonzero(held_out))
    hide = np.zeros(len(test.columns), bool)
    # One generator a player: what is hidden from one does not depend on who else is tested.
    for row, player in enumerate(test.player_ids.tolist()):
        start, stop = test.starts[row], test.starts[row + 1]
        count = max(1, round(HIDDEN_GAMES * int(stop - start)))
        chosen = np.random.default_rng((seed, player)).permutation(int(stop - start))[:count]
        hide[start + chosen] = True
    return Split(train, test.where(~hide), test.where(hide))


def never_tested(libraries: Libraries, seeds: tuple[int, ...]) -> Libraries:
    """Return the players whom no split of these seeds holds out: the only ones to tune on.

    Split these again (by other seeds) to tune; then no row of a test ever takes part in a choice.
    """
    tested = np.zeros(len(libraries.player_ids), bool)
    for seed in seeds:
        tested |= _held_out(len(libraries.player_ids), seed)
    return libraries.of(np.flatnonzero(~tested))


def _held_out(players: int, seed: int) -> NDArray[np.bool_]:
    chosen = np.random.default_rng(seed).permutation(players)[: round(HELD_OUT_PLAYERS * players)]
    return np.isin(np.arange(players), chosen)

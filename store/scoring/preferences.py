"""How much players prefer each game, and how much several players do, on one scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, Prepared, values_param
from store.errors import NothingToGoOn
from store.models import PrecomputedScores
from store.scoring.item_index import ItemIndex
from store.scoring.liked import LikedScores, with_liked
from store.scoring.members import Member
from store.scoring.packed import NEIGHBOURS, decode_arrays, require_consistent
from store.scoring.scorer import Indices, Scores, SparseScores
from store.scoring.weights import Contributions, load_weights

# Training precomputes the scores of players who own at least this many games that can be scored.
PRECOMPUTED_FROM = 400
# A group's score of a game is halfway between the mean of its members' preferences and the least of them:
# "average" and "least misery" of J. Masthoff, "Group Modeling: Selecting a Sequence of Television Items to
# Suit a Group of Viewers", UMUAI 14 (2004).
_AVERAGE_SHARE = 0.5

_PRECOMPUTED = Prepared(
    select(PrecomputedScores.player_id, PrecomputedScores.is_positive, PrecomputedScores.scores).where(
        PrecomputedScores.player_id.in_(select(VALUES_TABLE.c.value))
    )
)


@dataclass(frozen=True, slots=True)
class MemberScores:
    """How much a person prefers each game, and what that comes from.

    Attributes:
        scores: The score of each game.
        contributions: What the games of the library contribute.
        liked: The same scores, of which a part comes from what the person likes; None where none does.
    """

    scores: SparseScores
    contributions: Contributions
    liked: LikedScores | None

    def reasons(self, indices: Sequence[int]) -> Iterator[tuple[NDArray[np.int64], Scores]]:
        """Yield what contributes to each of some games, given by their indices: app ids, and their shares."""
        for game, (contributors, shares) in zip(indices, self.contributions.of(indices), strict=True):
            if self.liked is None:
                yield contributors, shares
            else:
                yield self.liked.contributors(game, contributors, shares)


@dataclass(frozen=True, slots=True)
class GroupPreferences:
    """How much each of several players prefers each game that any of them prefers to none.

    Attributes:
        indices: The indices of these games, ascending.
        by_player: float32 of shape (players, these games), 0 to 1: each score over the highest that the
            player gives to any game, owned or not; 1 for what the person says to like.
    """

    indices: Indices
    by_player: Scores

    def blend(self) -> SparseScores:
        """Return the group's score of each game."""
        scores: Scores = self.by_player.mean(axis=0)
        scores *= _AVERAGE_SHARE
        least = self.by_player.min(axis=0)
        least *= 1 - _AVERAGE_SHARE
        scores += least
        return SparseScores(self.indices, scores)

    def of(self, index: int) -> tuple[float, ...]:
        """Return how much each player prefers one of the games."""
        return tuple(self.by_player[:, np.searchsorted(self.indices, index)].tolist())


def load_group_preferences(session: Session, games: ItemIndex, members: Sequence[Member]) -> GroupPreferences:
    """Return how much each player prefers each of `games`.

    Raises:
        NothingToGoOn: No game of a player has any weight.
        DatabaseUnavailable: The store contradicts itself.
    """
    of_members = [found.scores for found in load_scores(session, games, members)]
    indices = np.flatnonzero(
        games.mask(
            np.concatenate([*(scores.indices for scores in of_members), *(one.liked for one in members)])
        )
    )
    # Where each game is among them.
    places = np.empty(len(games), np.intp)
    places[indices] = np.arange(len(indices))
    by_player = np.zeros((len(members), len(indices)), np.float32)
    for row, member, scores in zip(by_player, members, of_members, strict=True):
        highest = scores.values.max(initial=np.finfo(np.float32).tiny)
        row[places[scores.indices]] = scores.values / highest
        row[places[member.liked]] = 1  # said by the person, where the model only guesses
    return GroupPreferences(indices, by_player)


def load_scores(session: Session, games: ItemIndex, members: Sequence[Member]) -> list[MemberScores]:
    """Return each person's preference score of each of `games`: by the library, and by what the person likes.

    Raises:
        NothingToGoOn: No game of a person has any weight.
        DatabaseUnavailable: The store contradicts itself.
    """
    weights = load_weights(session, games)
    found = []
    for member, known in zip(members, load_precomputed_scores(session, games, members), strict=True):
        contributions = weights.contributions(member.library, member.disliked)
        scores = compute_scores(contributions, member) if known is None else known
        liked = with_liked(session, games, member, scores)
        found.append(MemberScores(scores if liked is None else liked.scores, contributions, liked))
    return found


def compute_scores(contributions: Contributions, member: Member) -> SparseScores:
    """Return a player's preference score of each game by the library alone.

    Raises:
        NothingToGoOn: No game of the player has any weight.
    """
    if not contributions.speak_for_any:
        raise NothingToGoOn(member.name, member.missing(contributions.weights.games))
    return contributions.weights.games.scorer.score(contributions.raw_scores())


def load_precomputed_scores(
    session: Session, games: ItemIndex, members: Sequence[Member]
) -> list[SparseScores | None]:
    """Return each player's preference scores, or None where training has not precomputed them.

    It computes them of what is owned alone, so that whoever told a taste has none.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    asked = [None if member.told_taste else member.player for member in members]
    known = [
        player
        for player, member in zip(asked, members, strict=True)
        if player is not None and len(member.library.indices) >= PRECOMPUTED_FROM
    ]
    rows = _PRECOMPUTED.all(session.connection(), values_param(known)) if known else []
    found = {player: _unpack_scores(positive, scores, len(games)) for player, positive, scores in rows}
    return [None if player is None else found.get(player) for player in asked]


def pack_scores(scores: SparseScores, games: int) -> tuple[bytes, bytes]:
    """Return scores as the store keeps them: a bit mask of the games that score above 0, and those scores.

    Args:
        scores: The scores.
        games: How many games there are.
    """
    is_positive = scores.values > 0
    bits = np.zeros(games, bool)
    bits[scores.indices[is_positive]] = True
    return np.packbits(bits).tobytes(), scores.values[is_positive].astype("<f4").tobytes()


def _unpack_scores(is_positive: bytes, positive: bytes, games: int) -> SparseScores:
    [bits] = decode_arrays((is_positive,), ("u1",), NEIGHBOURS)
    [above_0] = decode_arrays((positive,), ("<f4",), NEIGHBOURS)
    require_consistent(len(bits) == -(-games // 8), NEIGHBOURS)
    # NumPy searches booleans three times as fast as integers.
    indices = np.flatnonzero(np.unpackbits(bits, count=games).view(bool))
    require_consistent(len(indices) == len(above_0), NEIGHBOURS)
    return SparseScores(indices, above_0)

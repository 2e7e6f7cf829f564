"""How much players like each game, and how much each of several would, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, values_param
from store.errors import NothingToGoOn
from store.models import KeptLiking
from store.scoring.item_index import Scorable, Shelved
from store.scoring.packed import NEIGHBOURS, require, unpacked
from store.scoring.scorer import Scores
from store.scoring.weights import Evidence, read_weights

# Who owns so many games, of those that can be scored, has a liking that training keeps.
MANY_GAMES = 400
# A group's place for a game is halfway between how much its members like it on average and how much the one
# who likes it least does: "average" and "least misery" of J. Masthoff, "Group Modeling: Selecting a Sequence
# of Television Items to Suit a Group of Viewers", UMUAI 14 (2004).
_AVERAGE = 0.5

_KEPT = select(KeptLiking.player_id, KeptLiking.liked, KeptLiking.liking).where(
    KeptLiking.player_id.in_(select(VALUES_TABLE.c.value))
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody by name and by what is owned; by the store's own id too, if the data have the person."""

    player: int | None
    name: str
    library: Shelved


@dataclass(frozen=True, slots=True)
class Likings:
    """How much each player likes each game: `by_player` is players x games, by place.

    It is 0 to 1, relative to the game that the player would like most of all, owned or not.
    """

    by_player: Scores

    def blend(self) -> Scores:
        """Return what the group as a whole thinks of each game."""
        average: Scores = self.by_player.mean(axis=0)
        average *= _AVERAGE
        least = self.by_player.min(axis=0)
        least *= 1 - _AVERAGE
        average += least
        return average

    def of(self, place: int) -> tuple[float, ...]:
        """Return how much each player likes one of the games."""
        return tuple(self.by_player[:, place].tolist())


def read_likings(session: Session, games: Scorable, members: Sequence[Member]) -> Likings:
    """Return how much each player likes each of `games`.

    Raises NothingToGoOn if a player's games speak for nothing, DatabaseUnavailable if the store contradicts
    itself.
    """
    by_player = np.empty((len(members), len(games)), np.float32)
    weights = read_weights(session, games)
    for row, member, kept in zip(by_player, members, kept_likings(session, games, members), strict=True):
        liking = worked_out(weights.evidence(member.library), member) if kept is None else kept
        np.divide(liking, max(liking.max(), np.finfo(np.float32).tiny), out=row)
    return Likings(by_player)


def worked_out(evidence: Evidence, member: Member) -> Scores:
    """Return how much a player likes each game, by what the games owned say.

    Raises NothingToGoOn if they say nothing.
    """
    if not len(evidence):
        raise NothingToGoOn(member.name)
    return evidence.table.games.scorer.liking(evidence.sums())


def kept_likings(session: Session, games: Scorable, members: Sequence[Member]) -> list[Scores | None]:
    """Return how much each player likes each game, of those for whom training keeps it.

    Raises DatabaseUnavailable if the store contradicts itself.
    """
    asked = [member.player for member in members if len(member.library.places) >= MANY_GAMES]
    known = [player for player in asked if player is not None]
    rows = session.connection().execute(_KEPT, values_param(known)).all() if known else []
    found = {player: _unpacked(liked, liking, len(games)) for player, liked, liking in rows}
    return [None if member.player is None else found.get(member.player) for member in members]


def pack_liking(liking: Scores) -> tuple[bytes, bytes]:
    """Return a liking as the store keeps it: which games are liked, and how much."""
    liked = liking > 0
    return np.packbits(liked).tobytes(), liking[liked].astype("<f4").tobytes()


def _unpacked(liked: bytes, liking: bytes, games: int) -> Scores:
    [bits], [positive] = unpacked((liked,), ("u1",), NEIGHBOURS), unpacked((liking,), ("<f4",), NEIGHBOURS)
    require(len(bits) == -(-games // 8), NEIGHBOURS)
    # Of truth values they are found in a third of the time that whole numbers take.
    places = np.flatnonzero(np.unpackbits(bits, count=games).view(bool))
    require(len(places) == len(positive), NEIGHBOURS)
    all_liking = np.zeros(games, np.float32)
    all_liking[places] = positive
    return all_liking

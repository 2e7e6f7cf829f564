"""Why a game is suggested to a person: the games of the library that contribute most to its score."""

from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy.orm import Session

from store.catalogue.game_refs import game_refs
from store.models import GameKind
from store.results import Because, GameRef, Reason, Recommendation, Recommendations
from store.scoring.item_index import ItemIndex
from store.scoring.preferences import MemberScores
from store.scoring.top_k import Candidate

MOST_REASONS = 3
# A game that gives less than this of a score explains it no better than the whole library does.
LEAST_SHARE = 0.25
# Betas and second editions of a game contribute as well, but among this many there are three to name.
_MAX_CONTRIBUTORS = 8


def with_reasons(
    session: Session,
    games: ItemIndex,
    best: tuple[Candidate, ...],
    found: MemberScores,
    *,
    reviewed: bool,
) -> Recommendations:
    """Return candidates as suggestions, each with its reasons.

    Args:
        session: The session that the games are read by.
        games: The item index.
        best: The candidates.
        found: The scores that they have.
        reviewed: Whether these are not owned but recommended in reviews.
    """
    contributing = [
        (contributors[:_MAX_CONTRIBUTORS], shares[:_MAX_CONTRIBUTORS])
        for contributors, shares in found.reasons([candidate.index for candidate in best])
    ]
    refs = game_refs(
        session, set(np.concatenate([contributors for contributors, _ in contributing]).tolist())
    )
    return Recommendations(
        Recommendation(
            candidate.game,
            candidate.score,
            Because(by_limits=True)
            if candidate.by_limits
            else Because(
                games=_reasons(
                    refs,
                    contributors.tolist(),
                    shares.tolist(),
                    games.editions[games.indices(contributors)].tolist(),
                    reviewed=reviewed,
                )
            ),
        )
        for candidate, (contributors, shares) in zip(best, contributing, strict=True)
    )


def _reasons(
    refs: Mapping[int, GameRef],
    contributors: Sequence[int],
    shares: Sequence[float],
    editions: Sequence[int],
    *,
    reviewed: bool,
) -> tuple[Reason, ...]:
    """Return the reasons: each game once, betas and the like only where there is no other.

    A game that is not among `refs`, since not everybody is shown it, is no reason. Of reviews the strongest
    is always among them, since it tells that no library is known.
    """
    reasons = [
        (Reason(refs[game], share, reviewed), edition)
        for game, share, edition in zip(contributors, shares, editions, strict=True)
        if game in refs
    ]
    games = [reason for reason in reasons if reason[0].game.kind is GameKind.GAME] or reasons
    named: dict[int, Reason] = {}
    for reason, edition in games:
        named.setdefault(edition, reason)
    most = list(named.values())[:MOST_REASONS]
    return tuple(reason for reason in most if reason.share >= LEAST_SHARE or (reviewed and reason is most[0]))

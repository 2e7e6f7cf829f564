"""What several people could play together: what all own, and what all would want to buy."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.errors import NothingLeft, NothingToGoOn, WrongFilter
from store.models import GameSpec, NameKind, Player, Spec
from store.names import resolve
from store.queries.candidates import Candidate, best_candidates
from store.queries.filters import TOGETHER, Discovery, Filters, is_played_together, tilted
from store.queries.given import checked_discovery, checked_ids, checked_limit
from store.queries.recommend import ANY_GAME, library_of
from store.queries.weights import Taste, facts, read_evidence, with_taste
from store.results import GroupRecommendations, GroupSuggestion

FEWEST, MOST = 2, 8

# A game's place is halfway between how much the group likes it on average and how much the one who likes it
# least does: "average" and "least misery" of J. Masthoff, "Group Modeling: Selecting a Sequence of Television
# Items to Suit a Group of Viewers", UMUAI 14 (2004).
_AVERAGE = 0.5


def recommend_group(
    session: Session,
    user_ids: Sequence[str],
    limit: int = 5,
    *,
    filters: Filters = ANY_GAME,
    discovery: Discovery | str = Discovery.BALANCED,
    exclude: Collection[int] = (),
) -> GroupRecommendations:
    """Return up to `limit` games that all players own, and up to `limit` that none of them owns yet.

    What all own may be a game that the store no longer lists. Games that can be played together come first.
    Each person's liking of a game is 0 to 1, relative to the game that the person would like most; so nobody
    counts for more by owning more. `exclude` are app ids that are not wanted.

    Raises WrongFilter unless there are 2 to 8 different players and every option makes sense, NotFound for an
    unknown player (or genre or tag of the filters), NothingToGoOn for one whose library says nothing,
    NothingLeft if nothing at all can be suggested.
    """
    limit, discovery, unwanted = checked_limit(limit), checked_discovery(discovery), checked_ids(exclude)
    if isinstance(user_ids, str):
        raise WrongFilter(f"A group is a list of players, not the text {user_ids!r}.")
    players = [resolve(session, NameKind.PLAYER, user_id) for user_id in user_ids]
    if not FEWEST <= len(set(players)) <= MOST or len(set(players)) < len(players):
        raise WrongFilter(f"Playing together takes {FEWEST} to {MOST} different players.")
    names = [session.scalars(select(Player.user_id).where(Player.id == player)).one() for player in players]
    libraries = [library_of(session, player) for player in players]
    likings = _Likings(session, names, libraries)
    shared = set.intersection(*(set(library) for library in libraries))
    owned = set.union(*(set(library) for library in libraries))

    def best(
        targets: NDArray[np.int32], left_out: Collection[int], *, owned: bool
    ) -> tuple[GroupSuggestion, ...]:
        scores = tilted(likings.blend(targets), likings.popularity_of(targets), discovery)
        # What all own need not be for sale any more.
        rules = _Rules(left_out, filters, with_unlisted=owned)
        found = _together_first(session, targets, scores, limit, rules)
        modes = _modes(session, [candidate.game.id for candidate in found])
        return tuple(
            GroupSuggestion(
                candidate.game,
                candidate.score,
                likings.of(candidate.game.id),
                modes.get(candidate.game.id, ()),
            )
            for candidate in found
        )

    everything = likings.targets
    play_now = best(everything[np.isin(everything, sorted(shared))], unwanted, owned=True)
    to_buy = best(everything[~np.isin(everything, sorted(owned))], unwanted | owned, owned=False)
    if not play_now and not to_buy:
        raise NothingLeft(filtered=filters != ANY_GAME)
    return GroupRecommendations(tuple(names), play_now, to_buy)


class _Likings:
    """How much each of the players likes each game, 0 to 1."""

    def __init__(
        self, session: Session, names: Sequence[str], libraries: Sequence[dict[int, float | None]]
    ) -> None:
        sums = []
        for name, library in zip(names, libraries, strict=True):
            evidence = read_evidence(session, library)
            if not len(evidence.targets):
                raise NothingToGoOn(name)
            sums.append(evidence.sums())
        self.targets = np.unique(np.concatenate([targets for targets, _ in sums]))
        popularity, played_share = facts(session, self.targets)
        self._popularity = popularity
        self._by_player = np.zeros((len(sums), len(self.targets)))
        for place, (targets, values) in enumerate(sums):
            spoken = np.zeros(len(self.targets))
            spoken[np.searchsorted(self.targets, targets)] = values
            liking = np.maximum(with_taste(spoken, popularity, played_share, Taste()), 0)
            self._by_player[place] = liking / max(liking.max(), np.finfo(float).tiny)

    def blend(self, targets: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return what the group as a whole thinks of some of the games."""
        likings = self._by_player[:, np.searchsorted(self.targets, targets)]
        blended: NDArray[np.float64] = _AVERAGE * likings.mean(axis=0) + (1 - _AVERAGE) * likings.min(axis=0)
        return blended

    def popularity_of(self, targets: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the share of all players who own each of some games."""
        shares: NDArray[np.float64] = self._popularity[np.searchsorted(self.targets, targets)]
        return shares

    def of(self, game: int) -> tuple[float, ...]:
        """Return how much each player likes one game."""
        return tuple(self._by_player[:, np.searchsorted(self.targets, game)].tolist())


@dataclass(frozen=True, slots=True)
class _Rules:
    """What may be suggested."""

    exclude: Collection[int]
    filters: Filters
    with_unlisted: bool


def _together_first(
    session: Session,
    targets: NDArray[np.int32],
    scores: NDArray[np.float64],
    limit: int,
    rules: _Rules,
) -> tuple[Candidate, ...]:
    conditions = rules.filters.conditions(session)
    best = partial(best_candidates, session, targets, scores, with_unlisted=rules.with_unlisted)
    together = best(limit=limit, exclude=rules.exclude, conditions=(*conditions, is_played_together()))
    if len(together) == limit:
        return together
    known = {*rules.exclude, *(candidate.game.id for candidate in together)}
    return together + best(limit=limit - len(together), exclude=known, conditions=conditions)


def _modes(session: Session, games: list[int]) -> dict[int, tuple[str, ...]]:
    """Return how each game can be played together, in the store page's words."""
    statement = (
        select(GameSpec.game_id, Spec.name)
        .join(Spec, Spec.id == GameSpec.spec_id)
        .where(GameSpec.game_id.in_(games), Spec.name.in_(TOGETHER))
    )
    modes: dict[int, list[str]] = {}
    for game, mode in session.execute(statement):
        modes.setdefault(game, []).append(mode)
    return {game: tuple(sorted(found, key=TOGETHER.index)) for game, found in modes.items()}

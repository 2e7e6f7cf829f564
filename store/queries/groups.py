"""What several people could play together: what all own, and what all would want to buy."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.errors import NothingLeft, WrongFilter
from store.models import GameSpec, NameKind, Player, Spec
from store.names import resolve
from store.queries.candidates import Candidate, best_candidates
from store.queries.filters import TOGETHER, Discovery, Filters, is_played_together, tilted
from store.queries.given import checked_discovery, checked_ids, checked_limit
from store.queries.likings import Ids, Likings, Spoken, most_spoken_for, spoken_for
from store.queries.recommend import ANY_GAME, depths, library_of
from store.results import GroupRecommendations, GroupSuggestion

FEWEST, MOST = 2, 8


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
    group = [spoken_for(session, name, library) for name, library in zip(names, libraries, strict=True)]
    shared = set.intersection(*(set(library) for library in libraries))
    owned = set.union(*(set(library) for library in libraries))
    rules = _Rules(limit, filters, discovery, frozenset(unwanted))
    found = GroupRecommendations(
        tuple(names),
        _best(session, group, rules, lambda games: np.isin(games, sorted(shared))),
        _best(session, group, rules.for_sale_beside(owned), lambda games: ~np.isin(games, sorted(owned))),
    )
    if not found.play_now and not found.to_buy:
        raise NothingLeft(filtered=filters != ANY_GAME)
    return found


@dataclass(frozen=True, slots=True)
class _Rules:
    """What may be suggested: what all own need not be for sale any more, what they would buy must be."""

    limit: int
    filters: Filters
    discovery: Discovery
    unwanted: frozenset[int]
    owned: frozenset[int] = frozenset()
    is_for_sale: bool = False

    def for_sale_beside(self, owned: Collection[int]) -> "_Rules":
        """Return the rules for games to buy, which are no other editions of what is owned."""
        return replace(self, owned=frozenset(owned), is_for_sale=True)


def _best(
    session: Session,
    group: Sequence[Spoken],
    rules: _Rules,
    is_meant: Callable[[Ids], NDArray[np.bool_]],
) -> tuple[GroupSuggestion, ...]:
    """Return the best of the games that are meant.

    It looks further down where too few can be played together.
    """
    best: tuple[GroupSuggestion, ...] = ()
    for depth in depths(rules.discovery, len(rules.unwanted)):
        games = most_spoken_for(group, is_meant, depth)
        if not len(games):
            break
        likings = Likings(session, group, games)
        scores = tilted(likings.blend(games), likings.popularity(games), rules.discovery)
        found = _together_first(session, games, scores, rules)
        modes = _modes(session, [candidate.game.id for candidate in found])
        best = tuple(
            GroupSuggestion(game, candidate.score, likings.of(game.id), modes.get(game.id, ()))
            for candidate in found
            for game in [candidate.game]
        )
        is_full = len(best) == rules.limit and all(entry.modes for entry in best)
        if is_full or depth is None or len(games) < depth:
            break
    return best


def _together_first(
    session: Session, targets: Ids, scores: NDArray[np.float64], rules: _Rules
) -> tuple[Candidate, ...]:
    conditions = rules.filters.conditions(session)
    best = partial(best_candidates, session, targets, scores, with_unlisted=not rules.is_for_sale)
    exclude = rules.unwanted | rules.owned
    together = best(limit=rules.limit, exclude=exclude, conditions=(*conditions, is_played_together()))
    left = rules.limit - len(together)
    if not left:
        return together
    known = exclude | {candidate.game.id for candidate in together}
    return together + best(limit=left, exclude=known, conditions=conditions)


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

"""What several people could play together: what all own, and what all would want to buy."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.arguments import list_of_names
from store.dialect import VALUES_TABLE, values_param
from store.errors import NothingLeft, WrongFilter
from store.models import GameSpec, Spec
from store.names import resolve_players
from store.questions import question
from store.results import GroupRecommendations, GroupSuggestion
from store.scoring.filters import (
    ANY_GAME,
    IS_TOGETHER,
    Discovery,
    Filters,
    reweight_by_popularity,
)
from store.scoring.item_index import load_item_index
from store.scoring.members import load_members
from store.scoring.play_modes import TOGETHER
from store.scoring.preferences import GroupPreferences, load_group_preferences
from store.scoring.ruled_out import what_ruled_out
from store.scoring.top_k import Candidate, best_candidates
from store.scoring.validation import DISCOVERY, FILTERS, LIMIT, app_ids

FEWEST, MOST = 2, 8

_MODES = (
    select(GameSpec.game_id, Spec.name)
    .join(Spec, Spec.id == GameSpec.spec_id)
    .where(GameSpec.game_id.in_(select(VALUES_TABLE.c.value)), IS_TOGETHER)
)


@question(
    user_ids=list_of_names("A group is a list of players", WrongFilter),
    limit=LIMIT,
    filters=FILTERS,
    discovery=DISCOVERY,
    exclude=app_ids,
)
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
    Each person's preference for a game is 0 to 1, relative to the game that the person prefers most; so
    nobody counts for more by owning more; of a player without a library the games count that the player's
    reviews recommend. What one of them has reviewed is no game to buy. `exclude` are app ids that are not
    wanted.

    Raises WrongFilter unless there are 2 to 8 different players and every option makes sense, NotFound for an
    unknown player (or genre or tag of the filters), NothingToGoOn for one no game of whom has any weight,
    NothingLeft if nothing at all can be suggested.
    """
    discovery = Discovery(discovery)
    players = resolve_players(session, user_ids)
    if not FEWEST <= len(set(players)) <= MOST or len(set(players)) < len(players):
        raise WrongFilter(f"Playing together takes {FEWEST} to {MOST} different players.")
    games = load_item_index(session)
    members = load_members(session, games, players)
    preferences = load_group_preferences(session, games, members)
    blend = preferences.blend()
    scores = reweight_by_popularity(blend, games.params.popularity, discovery)
    shared = np.logical_and.reduce([games.mask(member.owned) for member in members])
    by_any = np.logical_or.reduce([games.mask(member.known) for member in members])
    not_wanted = games.mask(games.indices(np.array(exclude, np.int64)))
    best = partial(
        best_candidates,
        session,
        games,
        limit=limit,
        filter_parameters=filters.parameters(session),
        together_first=True,
    )
    # What all own need not be for sale any more and may be unlisted; what they would buy must be, and is no
    # other edition of what somebody owns.
    play_now = best(shared * scores, exclude=not_wanted, with_unlisted=True)
    to_buy = best(scores, exclude=by_any | not_wanted)
    modes = _modes(session, [candidate.game.id for candidate in play_now + to_buy])
    found = GroupRecommendations(
        tuple(member.name for member in members),
        _suggested(play_now, preferences, modes),
        _suggested(to_buy, preferences, modes),
    )
    if not found.play_now and not found.to_buy:
        raise NothingLeft(
            what_ruled_out(
                session,
                games,
                blend,
                known=by_any,
                left_out=not_wanted,
                filters=filters,
                discovery=discovery,
            )
        )
    return found


def _suggested(
    candidates: tuple[Candidate, ...], preferences: GroupPreferences, modes: Mapping[int, tuple[str, ...]]
) -> tuple[GroupSuggestion, ...]:
    return tuple(
        GroupSuggestion(
            candidate.game,
            candidate.score,
            preferences.of(candidate.index),
            modes.get(candidate.game.id, ()),
        )
        for candidate in candidates
    )


def _modes(session: Session, games: list[int]) -> dict[int, tuple[str, ...]]:
    """Return how each game can be played together, in the store page's words."""
    modes: dict[int, list[str]] = {}
    for game, mode in session.connection().execute(_MODES, values_param(games)).all():
        modes.setdefault(game, []).append(mode)
    return {game: tuple(sorted(found, key=TOGETHER.index)) for game, found in modes.items()}

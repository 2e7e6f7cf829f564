"""What several people could play together: what all can play now, and what all would want to buy."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.boundary.arguments import list_of_names
from store.boundary.questions import question
from store.dialect import VALUES_TABLE, Prepared, values_param
from store.errors import NothingLeft, RuledOut, WrongFilter
from store.models import GameSpec, Spec
from store.names import resolve_players
from store.people.person import Person
from store.results import GroupRecommendations, GroupSuggestion
from store.scoring.conditions import IS_TOGETHER
from store.scoring.discovery import Discovery, reweight_by_popularity
from store.scoring.filters import ANY_GAME, Filters
from store.scoring.item_index import ItemIndex, Mask, load_item_index
from store.scoring.members import Member, load_members, load_people
from store.scoring.play_modes import TOGETHER
from store.scoring.preferences import GroupPreferences, load_group_preferences
from store.scoring.ruled_out import what_ruled_out
from store.scoring.top_k import Candidate, best_candidates
from store.scoring.validation import DISCOVERY, FILTERS, LIMIT, app_ids, as_people

FEWEST, MOST = 2, 8

_MODES = Prepared(
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
    players = resolve_players(session, user_ids)
    _require_group(len(players), are_different=len(set(players)) == len(players))
    games = load_item_index(session)
    members = load_members(session, games, players)
    search = _Search(games, limit, filters, Discovery(discovery), exclude)
    return _for_members(session, members, search)


@question(people=as_people, limit=LIMIT, filters=FILTERS, discovery=DISCOVERY, exclude=app_ids)
def recommend_people(
    session: Session,
    people: Sequence[Person],
    limit: int = 5,
    *,
    filters: Filters = ANY_GAME,
    discovery: Discovery | str = Discovery.BALANCED,
    exclude: Collection[int] = (),
) -> GroupRecommendations:
    """Return the same for people who need not be in the data, of games that a group of their size can play.

    How many can play a game is told from the ways to play that the store names, and from tags. What all can
    play at once is what each owns or borrows, and what is free. A game that somebody without a library likes
    counts as one that this person has; what a person told not to like counts against what goes with it, and
    is not suggested to the group. Two people may say to be the same player of the data: each is counted.

    Raises as `recommend_group` does; NothingToGoOn also for a person of whom nothing is known.
    """
    _require_group(len(people))
    games = load_item_index(session)
    members = load_people(session, games, people)
    search = _Search(games, limit, filters, Discovery(discovery), exclude, group_size=len(people))
    return _for_members(session, members, search)


def _require_group(size: int, *, are_different: bool = True) -> None:
    if not are_different or not FEWEST <= size <= MOST:
        raise WrongFilter(f"Playing together takes {FEWEST} to {MOST} different players.")


@dataclass(frozen=True, slots=True)
class _Search:
    """What games are sought among, and which; with `group_size`, only those that a group of it can play."""

    games: ItemIndex
    limit: int
    filters: Filters
    discovery: Discovery
    exclude: Collection[int]
    group_size: int | None = None


def _for_members(session: Session, members: Sequence[Member], search: _Search) -> GroupRecommendations:
    games = search.games
    preferences = load_group_preferences(session, games, members)
    blend = preferences.blend()
    scores = reweight_by_popularity(session, games, blend, search.discovery)
    by_all = _playable_by_all(games, members)
    by_any = games.mask(np.concatenate([member.not_to_buy for member in members]))
    excluded = games.indices(np.array(search.exclude, np.int64))
    not_wanted = games.mask(np.concatenate([excluded, *(member.disliked for member in members)]))
    parameters = {**search.filters.parameters(session), "group_size": search.group_size}
    best = partial(best_candidates, session, games, limit=search.limit, together_first=True)
    # What all own need not be for sale any more and may be unlisted; what they would buy must be, and is no
    # other edition of what somebody owns.
    owned = best(scores.among(by_all), exclude=not_wanted, filter_parameters=parameters, with_unlisted=True)
    free: tuple[Candidate, ...] = ()
    if search.group_size is not None:
        free = best(scores, exclude=by_all | not_wanted, filter_parameters=parameters | {"most_cents": 0})
    play_now = _merged(owned, free, search.limit)
    taken = games.mask(np.array([candidate.index for candidate in free], np.intp))
    to_buy = best(scores, exclude=by_any | not_wanted | taken, filter_parameters=parameters)
    modes = _modes(session, [candidate.game.id for candidate in play_now + to_buy])
    found = GroupRecommendations(
        tuple(member.name for member in members),
        _suggested(play_now, preferences, modes),
        _suggested(to_buy, preferences, modes),
    )
    if not found.play_now and not found.to_buy:
        reason = what_ruled_out(
            session,
            games,
            blend,
            known=by_any,
            left_out=not_wanted,
            filters=search.filters,
            discovery=search.discovery,
        )
        # It looks for any game that is left, whoever may play it together.
        is_size = reason is RuledOut.NOT_FOR_SALE and search.group_size is not None
        raise NothingLeft(RuledOut.GROUP if is_size else reason)
    return found


def _playable_by_all(games: ItemIndex, members: Sequence[Member]) -> Mask:
    """Return the mask of the games that every member can play at once."""
    common = members[0].playable
    for member in members[1:]:
        common = common[games.mask(member.playable)[common]]
    return games.mask(common)


def _merged(some: Sequence[Candidate], others: Sequence[Candidate], limit: int) -> tuple[Candidate, ...]:
    """Return the best of two lists: those to play together first, as in each of them, then by score."""
    merged = sorted((*some, *others), key=lambda one: (not one.is_together, -one.score))
    return tuple(merged[:limit])


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
    for game, mode in _MODES.all(session.connection(), values_param(games)):
        modes.setdefault(game, []).append(mode)
    return {game: tuple(sorted(found, key=TOGETHER.index)) for game, found in modes.items()}

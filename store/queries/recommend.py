"""What to play next: games like a game, and games for a player, from the neighbours table alone."""

from collections.abc import Collection, Mapping

import numpy as np
from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session, aliased

from store.boundary.arguments import NAME
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.catalogue.game_refs import game_refs
from store.dialect import VALUES_TABLE, Prepared, values_param
from store.errors import NothingLeft, NothingToGoOn, Unknown
from store.models import GameTag, NameKind, Tag
from store.names import resolve, understand_games
from store.people.taste import NO_TASTE, Taste
from store.results import Because, Recommendation, Recommendations
from store.scoring.best import best_of_all
from store.scoring.discovery import Discovery, reweight_by_popularity
from store.scoring.filters import ANY_GAME, Filters
from store.scoring.item_index import ItemIndex, Mask, load_item_index
from store.scoring.libraries import Library
from store.scoring.members import Member, load_members
from store.scoring.preferences import load_scores
from store.scoring.reasons import with_reasons
from store.scoring.ruled_out import what_ruled_out
from store.scoring.scorer import SparseScores
from store.scoring.similar import load_similar
from store.scoring.top_k import Candidate, best_candidates
from store.scoring.validation import DISCOVERY, FILTERS, LIMIT, app_ids, as_taste
from store.scoring.validation import library as library_by_app

MOST_SHARED_TAGS = 5

_OwnTag = aliased(GameTag)
_SHARED_TAGS = Prepared(
    select(GameTag.game_id, Tag.name)
    .join(_OwnTag, _OwnTag.tag_id == GameTag.tag_id)
    .join(Tag, Tag.id == GameTag.tag_id)
    .where(
        GameTag.game_id.in_(select(VALUES_TABLE.c.value)),
        _OwnTag.game_id == bindparam("game", type_=Integer),
    )
    .order_by(GameTag.game_id, GameTag.position)
)


@question(game=NAME, limit=LIMIT, filters=FILTERS, discovery=DISCOVERY, exclude=app_ids)
@kept
def recommend_game(
    session: Session,
    game: str | int,
    limit: int = 5,
    *,
    filters: Filters = ANY_GAME,
    discovery: Discovery | str = Discovery.BALANCED,
    exclude: Collection[int] = (),
) -> Recommendations:
    """Return up to `limit` games like one, given by its app id or its title, most similar first.

    Where the filters leave too few of these, the best of all games that meet them follow, those with most
    tags of the game first; their reasons say so (`Because.by_limits`). `exclude` are app ids that are not
    wanted, such as hidden or already shown games.

    Raises NotFound if there is no such game (or genre or tag of the filters), NothingToGoOn if nothing is
    known of it, NothingLeft if the filters or `exclude` leave nothing, WrongFilter if a filter or another
    option makes no sense.
    """
    asked = resolve(session, NameKind.GAME, str(game))
    games = load_item_index(session)
    similar = load_similar(session, games, asked)
    if similar is None:
        unknown = Unknown.GAME if len(games) else Unknown.TRAINING
        raise NothingToGoOn(game_refs(session, [asked])[asked].title, unknown)
    itself = games.editions_of(games.mask(games.indices(np.array([asked]))))
    best = _best(
        session,
        games,
        similar.scores.except_for(itself),
        limit,
        known=np.zeros(len(games), bool),
        exclude=exclude,
        filters=filters,
        discovery=Discovery(discovery),
        like=asked,
    )
    common = dict(zip(similar.indices.tolist(), similar.common_owners.tolist(), strict=True))
    tags = _shared_tags(session, asked, [candidate.game.id for candidate in best])
    return Recommendations(
        Recommendation(
            candidate.game,
            candidate.score,
            Because(
                tags=tuple(tags[candidate.game.id][:MOST_SHARED_TAGS]),
                common_owners=common.get(candidate.index, 0),
                by_limits=candidate.by_limits,
            ),
        )
        for candidate in best
    )


@question(user_id=NAME, limit=LIMIT, filters=FILTERS, discovery=DISCOVERY, exclude=app_ids, taste=as_taste)
def recommend_user(
    session: Session,
    user_id: str,
    limit: int = 5,
    *,
    filters: Filters = ANY_GAME,
    discovery: Discovery | str = Discovery.BALANCED,
    exclude: Collection[int] = (),
    taste: Taste = NO_TASTE,
) -> Recommendations:
    """Return up to `limit` games for a player, by what the player owns; never one that the player knows.

    That is a game that is owned or reviewed, for or against. For a player without a library the games count
    that the player's reviews recommend; the reasons say so. Where the filters leave too few games, the best
    of all that meet them follow (`Because.by_limits`). `exclude` are further app ids that are not wanted.
    What the person told of games counts too: a game of `taste` that is liked as if it were owned, one that is
    not against what goes with it; neither is suggested.

    Raises NotFound if there is no such player (or genre or tag of the filters), NothingToGoOn if no game of
    the player has any weight, NothingLeft if everything is known or ruled out, WrongFilter if a filter or
    another option makes no sense.
    """
    player = resolve(session, NameKind.PLAYER, user_id)
    games = load_item_index(session)
    [member] = load_members(session, games, [player])
    return _for_member(
        session,
        games,
        member.with_taste(games, taste),
        limit,
        filters=filters,
        discovery=discovery,
        exclude=exclude,
    )


@question(
    library=library_by_app, limit=LIMIT, filters=FILTERS, discovery=DISCOVERY, exclude=app_ids, taste=as_taste
)
def recommend_library(
    session: Session,
    library: Mapping[int, float | None],
    limit: int = 5,
    *,
    filters: Filters = ANY_GAME,
    discovery: Discovery | str = Discovery.BALANCED,
    exclude: Collection[int] = (),
    taste: Taste = NO_TASTE,
) -> Recommendations:
    """Return up to `limit` games for somebody who owns `library`: app ids to minutes played, None if unknown.

    The person need not be in the data. App ids that the data lack are passed over. `taste` is as of
    `recommend_user`, and enough alone. Raises as `recommend_user`; NothingToGoOn also for an empty library
    where no game is liked, WrongLibrary for one that maps anything but app ids to minutes of 0 or more.
    """
    games = load_item_index(session)
    owned = Library(np.array(list(library), np.int64), np.array(list(library.values()), np.float64))
    return _for_member(
        session,
        games,
        Member(None, "these games", games.index_library(owned)).with_taste(games, taste),
        limit,
        filters=filters,
        discovery=discovery,
        exclude=exclude,
    )


@question(text=NAME)
def games_named(session: Session, text: str) -> dict[int, str]:
    """Return the games that a list such as "Portal 2, Hades, Celeste" names: app ids to titles, in its order.

    A comma may be part of a title: where several pieces together are a title, that is meant. Raises NotFound
    with the first piece that names no game.
    """
    ids = [game.id for game in understand_games(session, text)]
    refs = game_refs(session, ids)
    return {app_id: refs[app_id].title for app_id in ids}


def _for_member(
    session: Session,
    games: ItemIndex,
    member: Member,
    limit: int,
    *,
    filters: Filters,
    discovery: Discovery | str,
    exclude: Collection[int],
) -> Recommendations:
    [found] = load_scores(session, games, [member])
    best = _best(
        session,
        games,
        found.scores,
        limit,
        known=games.mask(member.known),
        exclude=exclude,
        filters=filters,
        discovery=Discovery(discovery),
    )
    by_reviews = member.by_reviews and not len(member.only_liked)
    return with_reasons(session, games, best, found, reviewed=by_reviews)


def _best(
    session: Session,
    games: ItemIndex,
    scores: SparseScores,
    limit: int,
    *,
    known: Mask,
    exclude: Collection[int],
    filters: Filters,
    discovery: Discovery,
    like: int | None = None,
) -> tuple[Candidate, ...]:
    """Return the games of highest score that are neither known nor excluded nor ruled out.

    Where limits leave too few, the best of all games within them follow; if those are to be `like` a game,
    given by its app id, that one is not among them.

    Raises:
        NothingLeft: There are none.
    """
    left_out = games.mask(games.indices(np.array(exclude, np.int64)))
    looked_up = filters.look_up(session)
    best = best_candidates(
        session,
        games,
        reweight_by_popularity(session, games, scores, discovery),
        limit=limit,
        exclude=known | left_out,
        filter_parameters=looked_up.parameters,
    )
    if len(best) < limit and (filters != ANY_GAME or discovery is Discovery.HIDDEN_GEMS):
        taken = [candidate.index for candidate in best]
        if like is not None:
            taken += games.indices(np.array([like])).tolist()
        best += best_of_all(
            session,
            games,
            limit=limit - len(best),
            exclude=known | left_out | games.mask(np.array(taken, np.intp)),
            filters=looked_up,
            discovery=discovery,
            like=like,
        )
    if not best:
        raise NothingLeft(
            what_ruled_out(
                session,
                games,
                scores,
                known=known,
                left_out=left_out,
                filters=filters,
                discovery=discovery,
            )
        )
    return best


def _shared_tags(session: Session, asked: int, games: list[int]) -> dict[int, list[str]]:
    """Return the tags that each game has in common with the one asked about, its most voted first."""
    tags: dict[int, list[str]] = {game: [] for game in games}
    parameters = {"game": asked, **values_param(games)}
    for game, tag in _SHARED_TAGS.all(session.connection(), parameters):
        tags[game].append(tag)
    return tags

"""What to play next: games like a game, and games for a player, from the neighbours table alone."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session, aliased

from store.damage import damage_named
from store.dialect import VALUES_TABLE, values_param
from store.errors import NothingLeft, NothingToGoOn
from store.game_refs import game_refs
from store.models import GameKind, GameTag, NameKind, Tag
from store.names import is_exact, resolve
from store.results import Because, GameRef, Reason, Recommendation, Recommendations
from store.scoring.filters import Discovery, Filters, reweight_by_popularity
from store.scoring.item_index import ItemIndex, load_item_index
from store.scoring.libraries import read_libraries
from store.scoring.preferences import Member, compute_scores, load_precomputed_scores
from store.scoring.top_k import Candidate, best_candidates
from store.scoring.validation import validate_discovery, validate_ids, validate_library, validate_limit
from store.scoring.weights import Contributions, load_similar, load_weights

MOST_REASONS = 3
# A reason of a smaller share than this is named only where there is no other.
LEAST_SHARE = 0.05
# Betas and second editions of a game contribute as well, but among so many there are three to name.
_MAX_CONTRIBUTORS = 8
MOST_SHARED_TAGS = 5

_OwnTag = aliased(GameTag)
_SHARED_TAGS = (
    select(GameTag.game_id, Tag.name)
    .join(_OwnTag, _OwnTag.tag_id == GameTag.tag_id)
    .join(Tag, Tag.id == GameTag.tag_id)
    .where(
        GameTag.game_id.in_(select(VALUES_TABLE.c.value)),
        _OwnTag.game_id == bindparam("game", type_=Integer),
    )
    .order_by(GameTag.game_id, GameTag.position)
)

ANY_GAME = Filters()
# No title has more commas than that.
_LONGEST_TITLE = 4


@damage_named
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

    `exclude` are app ids that are not wanted, such as hidden or already shown games. Raises NotFound if there
    is no such game (or genre or tag of the filters), NothingToGoOn if nothing is known of it, NothingLeft if
    the filters or `exclude` leave nothing, WrongFilter if a filter or another option makes no sense.
    """
    limit, discovery, unwanted = validate_limit(limit), validate_discovery(discovery), validate_ids(exclude)
    asked = resolve(session, NameKind.GAME, str(game))
    games = load_item_index(session)
    similar = load_similar(session, games, asked)
    if similar is None:
        raise NothingToGoOn(game_refs(session, [asked])[asked].title)
    scores = np.zeros(len(games), np.float32)
    scores[similar.indices] = similar.similarity
    best = best_candidates(
        session,
        games,
        reweight_by_popularity(scores, games.params.popularity, discovery),
        limit=limit,
        exclude=games.mask(games.indices(np.append(unwanted, asked))),
        filter_parameters=filters.parameters(session),
    )
    if not best:
        raise NothingLeft(filtered=filters != ANY_GAME)
    common = dict(zip(similar.indices.tolist(), similar.common_owners.tolist(), strict=True))
    tags = _shared_tags(session, asked, [candidate.game.id for candidate in best])
    return Recommendations(
        Recommendation(
            candidate.game,
            candidate.score,
            Because(
                tags=tuple(tags[candidate.game.id][:MOST_SHARED_TAGS]),
                common_owners=common[candidate.index],
            ),
        )
        for candidate in best
    )


@damage_named
def recommend_user(
    session: Session,
    user_id: str,
    limit: int = 5,
    *,
    filters: Filters = ANY_GAME,
    discovery: Discovery | str = Discovery.BALANCED,
    exclude: Collection[int] = (),
) -> Recommendations:
    """Return up to `limit` games for a player, by what the player owns; never a game that is owned.

    `exclude` are further app ids that are not wanted. Raises NotFound if there is no such player (or genre or
    tag of the filters), NothingToGoOn if no game of the player has any weight, NothingLeft if everything is
    owned or ruled out, WrongFilter if a filter or another option makes no sense.
    """
    player = resolve(session, NameKind.PLAYER, user_id)
    [(owner, library)] = read_libraries(session, [player])
    games = load_item_index(session)
    return _for_member(
        session,
        games,
        Member(player, owner, games.index_library(library)),
        limit,
        filters=filters,
        discovery=discovery,
        exclude=exclude,
    )


@damage_named
def recommend_library(
    session: Session,
    library: Mapping[int, float | None],
    limit: int = 5,
    *,
    filters: Filters = ANY_GAME,
    discovery: Discovery | str = Discovery.BALANCED,
    exclude: Collection[int] = (),
) -> Recommendations:
    """Return up to `limit` games for somebody who owns `library`: app ids to minutes played, None if unknown.

    The person need not be in the data. App ids that the data lack are passed over. Raises as
    `recommend_user`; NothingToGoOn also for an empty library, WrongLibrary for one that maps anything but app
    ids to minutes of 0 or more.
    """
    games = load_item_index(session)
    return _for_member(
        session,
        games,
        Member(None, "these games", games.index_library(validate_library(library))),
        limit,
        filters=filters,
        discovery=discovery,
        exclude=exclude,
    )


@damage_named
def games_named(session: Session, text: str) -> dict[int, str]:
    """Return the games that a list such as "Portal 2, Hades, Celeste" names: app ids to titles, in its order.

    A comma may be part of a title: where several pieces together are a title, that is meant. Raises NotFound
    with the first piece that names no game.
    """
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    found: dict[int, str] = {}
    at = 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + _LONGEST_TITLE), at, -1):
            whole = ", ".join(pieces[at:end])
            if end == at + 1 or is_exact(session, NameKind.GAME, whole):
                game = resolve(session, NameKind.GAME, whole)
                found[game] = game_refs(session, [game])[game].title
                at = end
                break
    return found


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
    limit, discovery, ruled_out = validate_limit(limit), validate_discovery(discovery), validate_ids(exclude)
    contributions = load_weights(session, games).contributions(member.library)
    [precomputed] = load_precomputed_scores(session, games, [member])
    scores = compute_scores(contributions, member) if precomputed is None else precomputed
    best = best_candidates(
        session,
        games,
        reweight_by_popularity(scores, games.params.popularity, discovery),
        limit=limit,
        exclude=games.mask(np.concatenate([member.library.indices, games.indices(ruled_out)])),
        filter_parameters=filters.parameters(session),
    )
    if not best:
        raise NothingLeft(filtered=filters != ANY_GAME)
    return _with_reasons(session, games, best, contributions)


def _with_reasons(
    session: Session, games: ItemIndex, best: tuple[Candidate, ...], contributions: Contributions
) -> Recommendations:
    contributing = [
        (contributors[:_MAX_CONTRIBUTORS], shares[:_MAX_CONTRIBUTORS])
        for contributors, shares in contributions.of([candidate.index for candidate in best])
    ]
    refs = game_refs(
        session, set(np.concatenate([contributors for contributors, _ in contributing]).tolist())
    )
    return Recommendations(
        Recommendation(
            candidate.game,
            candidate.score,
            Because(
                games=_reasons(
                    [refs[contributor] for contributor in contributors.tolist()],
                    shares.tolist(),
                    games.editions[games.indices(contributors)].tolist(),
                )
            ),
        )
        for candidate, (contributors, shares) in zip(best, contributing, strict=True)
    )


def _reasons(
    contributors: Sequence[GameRef], shares: Sequence[float], editions: Sequence[int]
) -> tuple[Reason, ...]:
    """Return the strongest reasons: each game once, betas and the like only where there is no other."""
    reasons = list(zip(map(Reason, contributors, shares), editions, strict=True))
    games = [reason for reason in reasons if reason[0].game.kind is GameKind.GAME] or reasons
    named: dict[int, Reason] = {}
    for reason, edition in games:
        named.setdefault(edition, reason)
    first, *others = list(named.values())[:MOST_REASONS]
    return (first, *(reason for reason in others if reason.share >= LEAST_SHARE))


def _shared_tags(session: Session, asked: int, games: list[int]) -> dict[int, list[str]]:
    """Return the tags that each game has in common with the one asked about, its most voted first."""
    tags: dict[int, list[str]] = {game: [] for game in games}
    parameters = {"game": asked, **values_param(games)}
    for game, tag in session.connection().execute(_SHARED_TAGS, parameters).all():
        tags[game].append(tag)
    return tags

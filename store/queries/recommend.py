"""What to play next: games like a game, and games for a player, from the neighbours table alone."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.errors import NothingToGoOn
from store.models import GameTag, NameKind, OwnedGame, Player, Tag
from store.names import resolve
from store.queries.candidates import Candidate, best_candidates
from store.queries.game_refs import game_refs
from store.queries.weights import Evidence, Taste, read_evidence, read_likeness, scored
from store.results import Because, GameRef, Reason, Recommendation, Recommendations

MOST_REASONS = 3
MOST_SHARED_TAGS = 5


def recommend_game(session: Session, game: str | int, limit: int = 5) -> Recommendations:
    """Return up to `limit` games like one, given by its app id or its title, most alike first.

    Raises NotFound if there is no such game, NothingToGoOn if nothing is known of it.
    """
    asked = resolve(session, NameKind.GAME, str(game))
    alike = read_likeness(session, asked)
    if alike is None:
        raise NothingToGoOn(game_refs(session, [asked])[asked].title)
    best = best_candidates(session, alike.targets, alike.scores, limit=limit, exclude=[asked])
    common = dict(zip(alike.targets.tolist(), alike.common_owners.astype(int).tolist(), strict=True))
    tags = _tags(session, [asked, *(candidate.game.id for candidate in best)])
    own = set(tags[asked])
    return Recommendations(
        Recommendation(
            candidate.game,
            candidate.score,
            Because(
                tags=tuple(tag for tag in tags[candidate.game.id] if tag in own)[:MOST_SHARED_TAGS],
                common_owners=common[candidate.game.id],
            ),
        )
        for candidate in best
    )


def recommend_user(session: Session, user_id: str, limit: int = 5) -> Recommendations:
    """Return up to `limit` games for a player, by what the player owns; never a game that is owned.

    Raises NotFound if there is no such player, NothingToGoOn if no game of the player says anything.
    """
    player = resolve(session, NameKind.PLAYER, user_id)
    owned = session.execute(select(OwnedGame.game_id, OwnedGame.minutes).where(OwnedGame.player_id == player))
    library: dict[int, float | None] = {row.game_id: row.minutes for row in owned}
    evidence = read_evidence(session, library)
    if not len(evidence.targets):
        raise NothingToGoOn(session.scalars(select(Player.user_id).where(Player.id == player)).one())
    targets, scores = scored(session, evidence, Taste(), exclude=library)
    best = best_candidates(session, targets, scores, limit=limit, exclude=library)
    return _with_reasons(session, best, evidence)


def _with_reasons(session: Session, best: tuple[Candidate, ...], evidence: Evidence) -> Recommendations:
    speaking = {}
    for candidate in best:
        games, shares = evidence.speaking_for(candidate.game.id)
        speaking[candidate.game.id] = list(
            zip(games[:MOST_REASONS].tolist(), shares[:MOST_REASONS].tolist(), strict=True)
        )
    refs = game_refs(session, {game for reasons in speaking.values() for game, _ in reasons})
    return Recommendations(
        Recommendation(
            candidate.game, candidate.score, Because(games=_reasons(speaking[candidate.game.id], refs))
        )
        for candidate in best
    )


def _reasons(speaking: list[tuple[int, float]], refs: Mapping[int, GameRef]) -> tuple[Reason, ...]:
    return tuple(Reason(refs[game], share) for game, share in speaking)


def _tags(session: Session, games: list[int]) -> dict[int, list[str]]:
    """Return the tags of each game, the most voted first."""
    tags: dict[int, list[str]] = {game: [] for game in games}
    statement = (
        select(GameTag.game_id, Tag.name)
        .join(Tag, Tag.id == GameTag.tag_id)
        .where(GameTag.game_id.in_(games))
        .order_by(GameTag.game_id, GameTag.position)
    )
    for game, tag in session.execute(statement):
        tags[game].append(tag)
    return tags

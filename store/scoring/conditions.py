"""The conditions, over `games`, that filters stand for."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Boolean, ColumnElement, Integer, Select, and_, bindparam, exists, not_, or_, select
from sqlalchemy.orm import Session

from store.dialect import Prepared, is_one_of, values_table
from store.models import DeckRating, Game, GameGenre, GameKind, GameSpec, GameTag, Spec, StorePage, Tag
from store.scoring.play_modes import TOGETHER

# The players' words for games that are played with others.
_TOGETHER_TAGS = (
    *("Co-op", "Online Co-Op", "Local Co-Op", "Co-op Campaign", "Multiplayer", "Local Multiplayer"),
    *("Massively Multiplayer", "MMORPG", "4 Player Local", "Split Screen", "PvP"),
)
# The store names no number of players. One screen and co-op alone are for four people in nearly all games:
# that a larger group needs another way to play is a guess.
_MOST_AT_ONE_SCREEN = 4
_FOR_MANY = ("MMO", "Online Multi-Player", "Online PvP", "LAN PvP", "Cross-Platform Multiplayer")
_MAYBE_FOR_MANY = ("Multi-player", "PvP")
_AT_ONE_SCREEN = (
    *("Local Co-op", "Local Multi-Player", "Shared/Split Screen", "Shared/Split Screen PvP"),
    "Shared/Split Screen Co-op",
)
_TAGS_FOR_MANY = ("Massively Multiplayer", "MMORPG")

# The condition that a spec is one of them.
IS_TOGETHER = is_one_of(Spec.name, TOGETHER)


def _with_spec(is_one: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(GameSpec.game_id == Game.id, GameSpec.spec_id.in_(select(Spec.id).where(is_one)))


def _with_tag(*names: str) -> ColumnElement[bool]:
    tags = select(Tag.id).where(is_one_of(Tag.name, names))
    return exists().where(GameTag.game_id == Game.id, GameTag.tag_id.in_(tags))


# The condition, over `games`, that a game can be played with others.
PLAYED_TOGETHER = _with_spec(IS_TOGETHER)
_FOR_A_FEW = or_(PLAYED_TOGETHER, _with_tag(*_TOGETHER_TAGS))
_FOR_A_CROWD = or_(
    _with_spec(is_one_of(Spec.name, _FOR_MANY)),
    and_(
        _with_spec(is_one_of(Spec.name, _MAYBE_FOR_MANY)),
        not_(_with_spec(is_one_of(Spec.name, _AT_ONE_SCREEN))),
    ),
    _with_tag(*_TAGS_FOR_MANY),
)


def _unless_none(parameter: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(bindparam(parameter, type_=Integer).is_(None), condition)


def _if(parameter: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(not_(bindparam(parameter, type_=Boolean)), condition)


def _has_all(parameter: str, own: Select[int]) -> ColumnElement[bool]:
    """Return the condition that all numbers of a JSON array are among a game's own."""
    wanted = values_table(parameter)
    return not_(exists(select(wanted.c.value).where(wanted.c.value.not_in(own.correlate(Game)))))


def _on_deck(*ratings: DeckRating) -> ColumnElement[bool]:
    return exists().where(StorePage.game_id == Game.id, is_one_of(StorePage.deck_rating, ratings))


_WITHOUT_GENRES, _WITHOUT_TAGS = values_table("without_genre_ids"), values_table("without_tag_ids")
_MODE_SPECS = values_table("mode_spec_ids")

# The condition, over `games`, that a game passes the filters whose parameters are given. It is asked of few
# games, each by its key. All filters are in it, used or not, so that it is built once: building it takes
# longer than running it.
PASSES_FILTERS = and_(
    _if("games_only", Game.kind == GameKind.GAME),
    _has_all("genre_ids", select(GameGenre.genre_id).where(GameGenre.game_id == Game.id)),
    _has_all("tag_ids", select(GameTag.tag_id).where(GameTag.game_id == Game.id)),
    _unless_none("most_cents", Game.price_cents <= bindparam("most_cents")),
    _unless_none("first_year", Game.release_year >= bindparam("first_year")),
    _unless_none("last_year", Game.release_year <= bindparam("last_year")),
    _if(
        "leaves_out",
        and_(
            not_(
                exists().where(
                    GameGenre.game_id == Game.id, GameGenre.genre_id.in_(select(_WITHOUT_GENRES.c.value))
                )
            ),
            not_(
                exists().where(GameTag.game_id == Game.id, GameTag.tag_id.in_(select(_WITHOUT_TAGS.c.value)))
            ),
        ),
    ),
    _if("finished_only", not_(Game.early_access)),
    _if("together_only", PLAYED_TOGETHER),
    _unless_none(
        "group_size",
        and_(_FOR_A_FEW, or_(bindparam("group_size", type_=Integer) <= _MOST_AT_ONE_SCREEN, _FOR_A_CROWD)),
    ),
    _if(
        "has_mode",
        exists().where(GameSpec.game_id == Game.id, GameSpec.spec_id.in_(select(_MODE_SPECS.c.value))),
    ),
    _if("on_deck", _on_deck(DeckRating.VERIFIED, DeckRating.PLAYABLE)),
    _if("verified_on_deck", _on_deck(DeckRating.VERIFIED)),
)

# The parameters of `PASSES_FILTERS`.
FilterParameters = dict[str, int | str | None]

# A tag of more games than this is met soon enough; of fewer, no others need be looked at.
_RARE = 2000
_WITH_TAG = Prepared(
    select(GameTag.game_id).where(GameTag.tag_id == bindparam("tag", type_=Integer)).limit(_RARE + 1)
)


def games_with_tags(session: Session, tags: Sequence[int]) -> NDArray[np.int64] | None:
    """Return the app ids of the games that may have all of some tags, or None where that is most of them."""
    for tag in tags:
        carriers = _WITH_TAG.all(session.connection(), {"tag": tag})
        if len(carriers) <= _RARE:
            return np.array([game for (game,) in carriers], np.int64)
    return None

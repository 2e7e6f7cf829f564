"""Which games a list may hold: conditions that compose, and how well known its games should be."""

import enum
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
from sqlalchemy import Boolean, ColumnElement, Integer, Select, and_, bindparam, exists, not_, or_, select
from sqlalchemy.orm import Session

from store.arguments import NAME, list_of_names, shown, to_whole
from store.data_dates import require_within
from store.dialect import values_param, values_table
from store.errors import WrongFilter
from store.models import Game, GameGenre, GameKind, GameSpec, GameTag, NameKind, Spec, Tag
from store.names import resolve, understand_description
from store.scoring.scorer import Scores, floored_popularity

# The store page's own words for playing together.
TOGETHER = (
    "Co-op",
    "Online Co-op",
    "Local Co-op",
    "Multi-player",
    "Online Multi-Player",
    "Local Multi-Player",
    "Cross-Platform Multiplayer",
    "Shared/Split Screen",
    "MMO",
    "Online PvP",
    "LAN PvP",
    "PvP",
    "LAN Co-op",
    "Shared/Split Screen PvP",
    "Shared/Split Screen Co-op",
)
# The players' words for the same.
_TOGETHER_TAGS = (
    *("Co-op", "Online Co-Op", "Local Co-Op", "Co-op Campaign", "Multiplayer", "Local Multiplayer"),
    *("Massively Multiplayer", "MMORPG", "4 Player Local", "Split Screen", "PvP"),
)
# The store names no number of players. One screen and co-op alone are for four people in nearly all games:
# that a larger group needs another way to play is a guess.
MOST_AT_ONE_SCREEN = 4
_FOR_MANY = ("MMO", "Online Multi-Player", "Online PvP", "LAN PvP", "Cross-Platform Multiplayer")
_MAYBE_FOR_MANY = ("Multi-player", "PvP")
_AT_ONE_SCREEN = (
    *("Local Co-op", "Local Multi-Player", "Shared/Split Screen", "Shared/Split Screen PvP"),
    "Shared/Split Screen Co-op",
)
_TAGS_FOR_MANY = ("Massively Multiplayer", "MMORPG")


class Discovery(enum.StrEnum):
    """How well known the suggested games should be; a hidden gem is none of those that most people own."""

    POPULAR = "popular"
    BALANCED = "balanced"
    HIDDEN_GEMS = "hidden gems"


# The power of a game's popularity (the share of players who own it) that its score is multiplied by.
_POPULARITY_EXPONENT = {Discovery.POPULAR: 0.3, Discovery.BALANCED: 0.0, Discovery.HIDDEN_GEMS: -0.4}
# Of the games that somebody owns, this share is too well known to be hidden gems.
_WELL_KNOWN = 0.05

# The condition that a spec is one of them.
IS_TOGETHER = Spec.name.in_(TOGETHER)


def _with_spec(is_one: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(GameSpec.game_id == Game.id, GameSpec.spec_id.in_(select(Spec.id).where(is_one)))


def _with_tag(*names: str) -> ColumnElement[bool]:
    tags = select(Tag.id).where(Tag.name.in_(names))
    return exists().where(GameTag.game_id == Game.id, GameTag.tag_id.in_(tags))


# The condition, over `games`, that a game can be played with others.
PLAYED_TOGETHER = _with_spec(IS_TOGETHER)
_FOR_A_FEW = or_(PLAYED_TOGETHER, _with_tag(*_TOGETHER_TAGS))
_FOR_A_CROWD = or_(
    _with_spec(Spec.name.in_(_FOR_MANY)),
    and_(_with_spec(Spec.name.in_(_MAYBE_FOR_MANY)), not_(_with_spec(Spec.name.in_(_AT_ONE_SCREEN)))),
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


_WITHOUT_TAGS = values_table("without_tags")

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
        "leaves_out_tags",
        not_(exists().where(GameTag.game_id == Game.id, GameTag.tag_id.in_(select(_WITHOUT_TAGS.c.value)))),
    ),
    _if("finished_only", not_(Game.early_access)),
    _if("together_only", PLAYED_TOGETHER),
    _unless_none(
        "group_size",
        and_(_FOR_A_FEW, or_(bindparam("group_size", type_=Integer) <= MOST_AT_ONE_SCREEN, _FOR_A_CROWD)),
    ),
)

# The parameters of `PASSES_FILTERS`.
FilterParameters = dict[str, int | str | None]

_TAGS = list_of_names("Tags are left out by a list of their names", WrongFilter)
_DEAREST = 1e6
_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class LookedUpFilters:
    """Filters whose names were looked up: the ids of the genres, and of the tags, that every game has.

    `parameters` are those of `PASSES_FILTERS`; its `group_size`, how many people want to play a game
    together, is not for a filter to say and None.
    """

    parameters: FilterParameters
    genres: tuple[int, ...]
    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that every suggested game meets; all that are given hold together.

    `genre`, `tag` and those of `without_tags`, which no game may have, are names; `described` are those of
    genres or tags alike, all of which a game has. `max_price` is in US dollars (a game of unknown price is
    not known to be within it), `released_since` and `released_until` are years, both included (a game of
    unknown year is not known to be). `with_add_ons` lets DLC, soundtracks, demos, betas, software and the
    like in, which otherwise stay out. `together_only` keeps the games that can be played with others.
    """

    genre: str | None = None
    tag: str | None = None
    max_price: Decimal | float | None = None
    free_only: bool = False
    released_since: int | None = None
    exclude_early_access: bool = False
    with_add_ons: bool = False
    together_only: bool = False
    described: tuple[str, ...] = ()
    released_until: int | None = None
    without_tags: tuple[str, ...] = ()

    def look_up(self, session: Session) -> LookedUpFilters:
        """Look up the names of genres and tags.

        Raises:
            NotFound: The genre or tag is unknown.
            OutsideData: The data end before the year.
            WrongArgument: The genre or tag is no name; as WrongFilter: another filter makes no sense.
        """
        most_cents = None if self.max_price is None else _cents(self.max_price)
        wanted = self._wanted(session)
        genres, tags = wanted[NameKind.GENRE], wanted[NameKind.TAG]
        parameters: FilterParameters = {
            "games_only": not _yes_or_no(self.with_add_ons),
            **values_param(genres, "genre_ids"),
            **values_param(tags, "tag_ids"),
            "most_cents": 0 if _yes_or_no(self.free_only) else most_cents,
            "first_year": None if self.released_since is None else _year(session, self.released_since),
            "last_year": None if self.released_until is None else _whole_year(self.released_until),
            "leaves_out_tags": bool(self.without_tags),
            **values_param(
                [resolve(session, NameKind.TAG, tag) for tag in _TAGS(self.without_tags)], "without_tags"
            ),
            "finished_only": _yes_or_no(self.exclude_early_access),
            "together_only": _yes_or_no(self.together_only),
            "group_size": None,
        }
        return LookedUpFilters(parameters, tuple(genres), tuple(tags))

    def parameters(self, session: Session) -> FilterParameters:
        """Return the parameters of `PASSES_FILTERS`. Raises as `look_up` does."""
        return self.look_up(session).parameters

    def _wanted(self, session: Session) -> dict[NameKind, list[int]]:
        """Return the ids of the genres and of the tags, all of which a game has."""
        described = [understand_description(session, NAME(name)) for name in self.described]
        wanted = {
            kind: [description.id for description in described if description.kind is kind]
            for kind in (NameKind.GENRE, NameKind.TAG)
        }
        if self.genre is not None:
            wanted[NameKind.GENRE].append(resolve(session, NameKind.GENRE, NAME(self.genre)))
        if self.tag is not None:
            wanted[NameKind.TAG].append(resolve(session, NameKind.TAG, NAME(self.tag)))
        return wanted


# What suggests any game that is one.
ANY_GAME = Filters()


def _cents(price: Any) -> int:
    if isinstance(price, Decimal):
        is_amount = price.is_finite()
    else:
        is_amount = isinstance(price, Real) and not isinstance(price, bool)
    if not (is_amount and 0 <= price < _DEAREST):
        raise WrongFilter(f"A maximum price is 0 or more US dollars, not {shown(price)}.")
    cents: int = round(price * 100)
    return cents


def _year(session: Session, year: object) -> int:
    number = _whole_year(year)
    require_within(session, number)
    return number


def _whole_year(year: object) -> int:
    number = to_whole(year)
    if number is None or not 0 <= number <= _LAST_YEAR:
        raise WrongFilter(f"A year of release is a whole number such as 2013, not {shown(year)}.")
    return number


def _yes_or_no(flag: object) -> bool:
    if not isinstance(flag, (bool, np.bool_)):
        raise WrongFilter(f"A filter that is on or off is True or False, not {shown(flag)}.")
    return bool(flag)


def reweight_by_popularity(scores: Scores, popularity: Scores, discovery: Discovery) -> Scores:
    """Return the scores, of which the positive ones are multiplied by a power of each game's popularity.

    The best known games are no hidden gems: they get 0.

    Args:
        scores: float32 of shape (games,), all games in the order of the item index.
        popularity: The share of players who own each of them.
        discovery: How well known the games should be; the balanced choice changes nothing.
    """
    exponent = _POPULARITY_EXPONENT[discovery]
    if not exponent:
        return scores
    factor = floored_popularity(popularity) ** exponent
    reweighted = np.where(scores > 0, scores * factor, scores)
    if discovery is not Discovery.HIDDEN_GEMS or not popularity.any():
        return reweighted
    is_well_known = popularity > np.quantile(popularity[popularity > 0], 1 - _WELL_KNOWN)
    return np.where(is_well_known & (scores > 0), np.float32(0), reweighted)

"""Which games a list may hold: conditions that compose, and how well known its games should be."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Boolean, ColumnElement, Integer, Select, and_, bindparam, exists, not_, or_, select
from sqlalchemy.orm import Session

from store.arguments import NAME, choice, list_of_names, optional, shown, to_whole
from store.data_dates import require_within
from store.dialect import Prepared, is_one_of, values_param, values_table
from store.errors import NoDeckRatings, WrongFilter
from store.models import (
    DeckRating,
    Game,
    GameGenre,
    GameKind,
    GameSpec,
    GameTag,
    NameKind,
    Spec,
    StorePage,
    Tag,
)
from store.names import Description, all_so_described, resolve, understand_description
from store.scoring.play_modes import SPECS, TOGETHER, PlayMode
from store.scoring.scorer import Scores, floored_popularity

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
        and_(_FOR_A_FEW, or_(bindparam("group_size", type_=Integer) <= MOST_AT_ONE_SCREEN, _FOR_A_CROWD)),
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

_ANY_DECK_RATING = select(StorePage.game_id).where(StorePage.deck_rating.is_not(None)).limit(1)

_NAMES = list_of_names("Genres and tags are left out by a list of their names", WrongFilter)
_MODE = optional(choice(PlayMode, "play_mode must be one of", WrongFilter))
_DECK = optional(choice(DeckRating, "deck must be one of", WrongFilter))
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

    `genre` and `tag` are names; `described` are those of genres or tags alike, all of which a game has, and
    `without` those of which it has none. `max_price` is in US dollars (a game of unknown price is not known
    to be within it), `released_since` and `released_until` are years, both included (a game of unknown year
    is not known to be). `with_add_ons` lets DLC, soundtracks, demos, betas, software and the like in, which
    otherwise stay out. `together_only` keeps the games that can be played with others, `play_mode` those
    played in a way. `deck` is how well a game runs on the Steam Deck at least (one without Valve's word on
    it is not known to).
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
    without: tuple[str, ...] = ()
    play_mode: PlayMode | None = None
    deck: DeckRating | None = None

    def look_up(self, session: Session) -> LookedUpFilters:
        """Look up the names of genres and tags.

        Raises:
            NotFound: The genre or tag is unknown.
            OutsideData: The data end before the year.
            NoDeckRatings: The store knows of no game how it runs on the Steam Deck.
            WrongArgument: The genre or tag is no name; as WrongFilter: another filter makes no sense.
        """
        most_cents = None if self.max_price is None else _cents(self.max_price)
        wanted = self._wanted(session)
        genres, tags = wanted[NameKind.GENRE], wanted[NameKind.TAG]
        unwanted = self._unwanted(session)
        deck = _deck(session, self.deck)
        parameters: FilterParameters = {
            "games_only": not _yes_or_no(self.with_add_ons),
            **values_param(genres, "genre_ids"),
            **values_param(tags, "tag_ids"),
            "most_cents": 0 if _yes_or_no(self.free_only) else most_cents,
            "first_year": None if self.released_since is None else _year(session, self.released_since),
            "last_year": None if self.released_until is None else _whole_year(self.released_until),
            "leaves_out": any(unwanted.values()),
            **values_param(unwanted[NameKind.GENRE], "without_genre_ids"),
            **values_param(unwanted[NameKind.TAG], "without_tag_ids"),
            "finished_only": _yes_or_no(self.exclude_early_access),
            "together_only": _yes_or_no(self.together_only),
            "group_size": None,
            "has_mode": self.play_mode is not None,
            **values_param(_specs(session, self.play_mode), "mode_spec_ids"),
            "on_deck": deck is DeckRating.PLAYABLE,
            "verified_on_deck": deck is DeckRating.VERIFIED,
        }
        return LookedUpFilters(parameters, tuple(genres), tuple(tags))

    def parameters(self, session: Session) -> FilterParameters:
        """Return the parameters of `PASSES_FILTERS`. Raises as `look_up` does."""
        return self.look_up(session).parameters

    def _wanted(self, session: Session) -> dict[NameKind, list[int]]:
        """Return the ids of the genres and of the tags, all of which a game has."""
        wanted = _ids_by_kind([understand_description(session, NAME(name)) for name in self.described])
        if self.genre is not None:
            wanted[NameKind.GENRE].append(resolve(session, NameKind.GENRE, NAME(self.genre)))
        if self.tag is not None:
            wanted[NameKind.TAG].append(resolve(session, NameKind.TAG, NAME(self.tag)))
        return wanted

    def _unwanted(self, session: Session) -> dict[NameKind, list[int]]:
        """Return the ids of the genres and of the tags, none of which a game has."""
        return _ids_by_kind(
            [description for name in _NAMES(self.without) for description in all_so_described(session, name)]
        )


# What suggests any game that is one.
ANY_GAME = Filters()

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


def _ids_by_kind(described: Sequence[Description]) -> dict[NameKind, list[int]]:
    return {
        kind: [description.id for description in described if description.kind is kind]
        for kind in (NameKind.GENRE, NameKind.TAG)
    }


def _specs(session: Session, play_mode: object) -> list[int]:
    mode: PlayMode | None = _MODE(play_mode)
    if mode is None:
        return []
    return list(session.connection().scalars(select(Spec.id).where(Spec.name.in_(SPECS[mode]))))


def _deck(session: Session, rating: object) -> DeckRating | None:
    deck: DeckRating | None = _DECK(rating)
    if deck is DeckRating.UNSUPPORTED:
        raise WrongFilter("A game that runs on the Steam Deck is playable or verified there.")
    if deck is not None and session.connection().scalar(_ANY_DECK_RATING) is None:
        raise NoDeckRatings
    return deck


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

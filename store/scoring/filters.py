"""Which games a list may hold: filters, whose names and limits are looked up and checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.boundary.arguments import NAME, choice, list_of_names, optional, shown, to_amount, to_whole
from store.catalogue.data_dates import require_within
from store.dialect import values_param
from store.errors import NoDeckRatings, WrongFilter
from store.models import DeckRating, NameKind, Spec, StorePage
from store.names import Description, all_so_described, resolve, understand_description
from store.scoring.conditions import FilterParameters
from store.scoring.play_modes import SPECS, PlayMode

_ANY_DECK_RATING = select(StorePage.game_id).where(StorePage.deck_rating.is_not(None)).limit(1)

_UNWANTED = list_of_names("Genres and tags are left out by a list of their names", WrongFilter)
_DESCRIBED = list_of_names("Genres and tags are asked for by a list of their names", WrongFilter)
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
        wanted = _ids_by_kind([understand_description(session, name) for name in _DESCRIBED(self.described)])
        if self.genre is not None:
            wanted[NameKind.GENRE].append(resolve(session, NameKind.GENRE, NAME(self.genre)))
        if self.tag is not None:
            wanted[NameKind.TAG].append(resolve(session, NameKind.TAG, NAME(self.tag)))
        return wanted

    def _unwanted(self, session: Session) -> dict[NameKind, list[int]]:
        """Return the ids of the genres and of the tags, none of which a game has."""
        return _ids_by_kind(
            [
                description
                for name in _UNWANTED(self.without)
                for description in all_so_described(session, name)
            ]
        )


# Filters nothing, but for what is no game.
ANY_GAME = Filters()


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


def _cents(price: object) -> int:
    dollars = to_amount(price)
    if dollars is None or not 0 <= dollars < _DEAREST:
        raise WrongFilter(f"A maximum price is 0 or more US dollars, not {shown(price)}.")
    return round(dollars * 100)


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

"""The games at the top of a list, by what people say of them or how much they play them."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from store.boundary.arguments import COUNT, NAME, YEAR, choice, optional, whole_number
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.catalogue.data_dates import require_within
from store.catalogue.game_refs import game_refs
from store.dialect import VALUES_TABLE, Prepared, values_param
from store.errors import NoData
from store.files.refill import awaits_refill
from store.models import Game, GameStats, NameKind, RankedGames
from store.names import named
from store.people.audience import games_not_shown
from store.queries.playtime import hours
from store.results import GameRef, TopBy, TopGame, TopGames
from store.scoring.conditions import PASSES_FILTERS, games_with_tags
from store.scoring.filters import ANY_GAME, Filters, LookedUpFilters
from store.scoring.item_index import load_item_index
from store.scoring.popularity import load_popularity
from store.scoring.validation import FILTERS
from store.scoring.wilson import lower_bound

_ALL_GENRES = 0
# How many games of a ranking are asked about at first, and how many times as many each time after that.
_ASKED_FIRST, _GROWTH = 200, 4
# A table of app ids has a byte for each number below this.
_TABLE_OF_IDS = 1 << 24

_RANKING = Prepared(
    select(RankedGames.most_owners, RankedGames.game_ids, RankedGames.years).where(
        RankedGames.by == bindparam("by"), RankedGames.genre_id == bindparam("genre", type_=Integer)
    )
)
_STATS = Prepared(
    select(
        *(GameStats.game_id, GameStats.owners, GameStats.minutes, GameStats.reviews, GameStats.recommended)
    ).where(GameStats.game_id.in_(select(VALUES_TABLE.c.value)))
)
_PASSING = Prepared(select(Game.id).where(Game.id.in_(select(VALUES_TABLE.c.value)), PASSES_FILTERS))


class _Stats(NamedTuple):
    """What is counted of a game: its owners, the minutes of all, its reviews, and those that recommend it."""

    owners: int
    minutes: int
    reviews: int
    recommended: int


@question(
    by=choice(TopBy, "by must be one of"),
    genre=optional(NAME),
    year=optional(YEAR),
    filters=FILTERS,
    limit=COUNT,
    offset=whole_number("A list begins behind a whole number of entries, 0 or more", least=0),
)
@kept
def top_games(
    session: Session,
    by: TopBy | str = TopBy.RECOMMENDED,
    *,
    genre: str | None = None,
    year: int | None = None,
    filters: Filters = ANY_GAME,
    limit: int = 50,
    offset: int = 0,
) -> TopGames:
    """Return up to `limit` games, of a genre and a release year where those are given, best first.

    All meet the filters; add-ons are in no list, whatever these say. The first `offset` of the list are
    left out.

    - "recommended": by the lower end of the 95% Wilson interval of the share of reviews that recommend, so
      that 90 of 100 is better than 3 of 3.
    - "gems": the same among the games that no more players own, or reviewed, than own the middle one of all
      reviewed games (`most_owners` of the result), and that nothing else shows to be well known. Where the
      store page has Steam's own rating, that counts instead, unless more people rated the game there than the
      middle one of all.
    - "hours": by the hours of all players.
    - "owners": by the number of players who own it.

    Ties break by title. DLC, soundtracks and the like are no games, and those that only libraries mention are
    left out. The list is empty where nothing meets the conditions.

    Raises:
        NotFound: No genre is called `genre`, or a name of the filters is unknown.
        NoDeckRatings: The filters ask for a Steam Deck, and the store has no ratings of it.
        OutsideData: The data end before the year.
        NoData: The tables were upgraded, and no refresh has filled this one since.
        WrongArgument: `by` is none of the four; as WrongFilter: a filter makes no sense.
    """
    by = TopBy(by)
    if year is not None:
        require_within(session, year)
    looked_up = filters.look_up(session)
    genre_id, known_as = next(iter(looked_up.genres), _ALL_GENRES), None
    if genre is not None:
        genre_id, known_as = named(session, NameKind.GENRE, genre)
    ranking = _RANKING.all(session.connection(), {"by": by, "genre": genre_id})
    if not ranking and awaits_refill(session):
        raise NoData
    most_owners, game_ids, years = ranking[0] if ranking else (None, b"", b"")
    ranked = _games(session, game_ids, years, year)
    if by is TopBy.GEMS:
        index = load_item_index(session)
        well_known = index.ids[load_popularity(session, index).is_well_known]
        # A table takes a fifth of the time of sorting. Steam's app ids are small, others need not be.
        kind: Literal["table"] | None = "table" if well_known.max(initial=0) < _TABLE_OF_IDS else None
        ranked = ranked[~np.isin(ranked, well_known, kind=kind)]
    if filters != ANY_GAME:
        ranked = _first_passing(session, ranked, looked_up, offset + limit)
    chosen = ranked[offset : offset + limit].tolist()
    games, stats = game_refs(session, chosen), _stats(session, chosen)
    return TopGames(
        by,
        known_as,
        year,
        tuple(_place(rank, games[game], stats[game]) for rank, game in enumerate(chosen, start=offset + 1)),
        most_owners,
    )


def _games(session: Session, game_ids: bytes, years: bytes, year: int | None) -> NDArray[np.int32]:
    games = np.frombuffer(game_ids, dtype="<i4")
    if year is not None:
        games = games[np.frombuffer(years, dtype="<i2") == year]
    not_shown = games_not_shown(session)
    return games[~np.isin(games, list(not_shown))] if not_shown else games


def _first_passing(
    session: Session, ranked: NDArray[np.int32], filters: LookedUpFilters, count: int
) -> NDArray[np.int32]:
    """Return the first `count` of some games that meet the filters, in their order."""
    carriers = games_with_tags(session, filters.tags)
    if carriers is not None:
        ranked = ranked[np.isin(ranked, carriers)]
    passing: list[int] = []
    start, stop = 0, _ASKED_FIRST
    while start < len(ranked) and len(passing) < count:
        some = ranked[start:stop].tolist()
        asked = {**values_param(some), **filters.parameters}
        pass_here = {game for (game,) in _PASSING.all(session.connection(), asked)}
        passing += [game for game in some if game in pass_here]
        start, stop = stop, _GROWTH * stop
    return np.array(passing[:count], np.int32)


def _stats(session: Session, games: Sequence[int]) -> dict[int, _Stats]:
    rows = _STATS.all(session.connection(), values_param(games))
    return {game: _Stats(*counts) for game, *counts in rows}


def _place(rank: int, game: GameRef, stats: _Stats) -> TopGame:
    return TopGame(
        rank=rank,
        game=game,
        owners=stats.owners,
        hours=hours(stats.minutes) if stats.owners else None,
        reviews=stats.reviews,
        recommended=stats.recommended,
        score=lower_bound(stats.recommended, stats.reviews) if stats.reviews else None,
    )

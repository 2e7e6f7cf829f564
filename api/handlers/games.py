"""What is known of games, and lists of them."""

from dataclasses import replace
from typing import Annotated

from fastapi import Query
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.paging import Page, Paged
from api.parameters import Filtered, Game, Limit, ListOfGames, Offset, OtherGame
from api.questions import ask, ask_about_players
from store import queries
from store.models import TopBy
from store.queries.games import SIMILAR_GAMES

_MOST_SIMILAR = 100

Similar = Annotated[int, Query(ge=0, le=_MOST_SIMILAR, description="How many similar games at most.")]
By = Annotated[TopBy, Query(description="What the list is ordered by.")]
OfYear = Annotated[int | None, Query(ge=0, le=9999, description="Only games released in this year.")]


async def game(request: Request, name: Game, similar: Similar = SIMILAR_GAMES) -> Response:
    """All that the store knows of one game.

    Playtimes are in hours. A typical review is left out where its author keeps that private.
    """
    return await ask_about_players(
        request, lambda session, visible: visible.game(session, name, similar=similar)
    )


async def compare_games(request: Request, first: Game, second: OtherGame) -> Response:
    """All that is known of two games, without the games similar to each."""
    return await ask_about_players(
        request, lambda session, visible: visible.compare_games(session, first, second)
    )


async def games_named(request: Request, text: ListOfGames) -> Response:
    """The games that a list of titles names: app ids to titles, in its order."""
    return await ask(request, queries.games_named, text)


async def top_games(  # noqa: PLR0917 - FastAPI passes them by name
    request: Request,
    filters: Filtered,
    by: By = TopBy.RECOMMENDED,
    year: OfYear = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The games at the top of a list that meet the filters, best first, of a release year if one is given.

    Ordered by what reviews recommend ("recommended"; "gems" are those of them that few own), by the hours of
    all players ("hours"), or by the players who own a game ("owners").
    """
    page = Page(limit, offset)

    def query(session: Session) -> Paged:
        found = queries.top_games(
            session,
            by,
            genre=filters.genre,
            year=year,
            filters=replace(filters, genre=None),
            limit=limit + 1,
            offset=offset,
        )
        shown = replace(found, games=found.games[:limit])
        return Paged(shown, page.following if len(found.games) > limit else None)

    return await ask(request, query)

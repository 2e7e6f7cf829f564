"""What reviews say."""

from dataclasses import replace

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.errors import WrongParameters
from api.handlers.rankings import GamesOfYear
from api.paging import Page, Paged
from api.parameters import Limit, NearOffset, OneOfDeveloper, OneOfGame, Year
from api.questions import ask, ask_about_players
from store import queries
from store.visibility import Visibility


async def users_recommend(request: Request, year: Year) -> Response:
    """The three games with most reviews posted in a year that recommend them and are not negative."""
    return await ask(request, lambda session: GamesOfYear.of(queries.users_recommend(session, year)))


async def users_not_recommend(request: Request, year: Year) -> Response:
    """The three games with most reviews posted in a year that advise against them and are negative."""
    return await ask(request, lambda session: GamesOfYear.of(queries.users_not_recommend(session, year)))


async def sentiment_analysis(request: Request, year: Year) -> Response:
    """How many reviews posted in a year are negative, neutral and positive."""
    return await ask(request, queries.sentiment_analysis, year)


async def sentiment_over_time(
    request: Request, developer: OneOfDeveloper = None, game: OneOfGame = None
) -> Response:
    """How many reviews of each sentiment were posted each year, oldest first.

    They are of a developer's games, of one game, or, with neither given, of all games.
    """
    if developer is not None and game is not None:
        raise WrongParameters("Give a developer or a game, not both.")
    return await ask(request, queries.sentiment_over_time, developer=developer, game=game)


async def review_texts(
    request: Request,
    developer: OneOfDeveloper = None,
    game: OneOfGame = None,
    limit: Limit = 20,
    offset: NearOffset = 0,
) -> Response:
    """The texts of reviews of a developer's games or of one game, most helpful first, without their authors.

    Of a long one there are the first 2,000 characters. Those of private players are left out.
    """
    if (developer is None) == (game is None):
        raise WrongParameters("Give a developer or a game, and not both.")
    page = Page(limit, offset)

    def query(session: Session, visible: Visibility) -> Paged:
        found = queries.review_texts(
            session, developer=developer, game=game, limit=page.reach, without_players=visible.require_known()
        )
        return page.paged(replace(found, texts=page.cut(found.texts)), found.texts)

    return await ask_about_players(request, query)

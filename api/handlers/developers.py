"""What the numbers say about developers."""

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.handlers.rankings import DevelopersOfYear
from api.parameters import Developer, OtherDeveloper, Year
from api.questions import ask
from store import queries
from store.models import YearBasis

Basis = Annotated[
    YearBasis,
    Query(description="Whether reviews posted in the year count, or those of games released in it."),
]


async def developer(request: Request, name: Developer) -> Response:
    """How many items a developer released each year, and how many of them are free.

    Years come newest first, the unknown one (null) last.
    """
    return await ask(request, queries.developer, name)


async def best_developer_year(request: Request, year: Year, basis: Basis = YearBasis.REVIEWED) -> Response:
    """The three developers with most reviews that recommend a game and are positive."""
    return await ask(
        request, lambda session: DevelopersOfYear.of(queries.best_developer_year(session, year, basis))
    )


async def users_worst_developer(request: Request, year: Year) -> Response:
    """The three developers with most negative reviews that advise against a game, posted in a year."""
    return await ask(
        request, lambda session: DevelopersOfYear.of(queries.users_worst_developer(session, year))
    )


async def developer_reviews_analysis(request: Request, developer: Developer) -> Response:
    """How many reviews of a developer's games are negative, neutral and positive, of all years."""
    return await ask(request, queries.developer_reviews_analysis, developer)


async def compare_developers(request: Request, first: Developer, second: OtherDeveloper) -> Response:
    """The releases and reviews of two developers."""
    return await ask(request, queries.compare_developers, first, second)

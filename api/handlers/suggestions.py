"""What to play next."""

from dataclasses import replace

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.paging import Paged
from api.parameters import Constraints, Game, LibraryRequest, Player, Players, Suggested
from api.questions import ask, ask_about_players
from store import queries
from store.results import Recommendations
from store.visibility import Visibility


async def recommend_game(request: Request, game: Game, within: Suggested) -> Response:
    """Games like one, most similar first."""

    def query(session: Session) -> Paged:
        return _paged(
            within,
            queries.recommend_game(
                session,
                game,
                within.page.reach,
                filters=within.filters,
                discovery=within.discovery,
                exclude=within.exclude,
            ),
        )

    return await ask(request, query)


async def recommend_best(request: Request, within: Suggested) -> Response:
    """The best games within the filters, for nobody in particular."""

    def query(session: Session) -> Paged:
        return _paged(
            within,
            queries.recommend_best(
                session,
                within.page.reach,
                filters=within.filters,
                discovery=within.discovery,
                exclude=within.exclude,
            ),
        )

    return await ask(request, query)


async def recommend_user(request: Request, user_id: Player, within: Suggested) -> Response:
    """Games for a player, by what the player owns; never one that is owned."""

    def query(session: Session, visible: Visibility) -> Paged:
        return _paged(
            within,
            queries.recommend_user(
                session,
                visible.find_public(session, user_id),
                within.page.reach,
                filters=within.filters,
                discovery=within.discovery,
                exclude=within.exclude,
            ),
        )

    return await ask_about_players(request, query)


async def recommend_library(request: Request, asked: LibraryRequest) -> Response:
    """Games for somebody who owns a library, who need not be in the data."""
    within = asked.constraints()

    def query(session: Session) -> Paged:
        return _paged(
            within,
            queries.recommend_library(
                session,
                asked.library,
                within.page.reach,
                filters=within.filters,
                discovery=within.discovery,
                exclude=within.exclude,
            ),
        )

    return await ask(request, query)


async def recommend_group(request: Request, user_ids: Players, within: Suggested) -> Response:
    """Games that all of several players own, and games that none of them owns yet, best first.

    A preference is 0 to 1, relative to the game that the player prefers most, in the order of the players.
    """
    page = within.page

    def query(session: Session, visible: Visibility) -> Paged:
        found = queries.recommend_group(
            session,
            [visible.find_public(session, text) for text in user_ids],
            page.reach,
            filters=within.filters,
            discovery=within.discovery,
            exclude=within.exclude,
        )
        shown = replace(found, play_now=page.cut(found.play_now), to_buy=page.cut(found.to_buy))
        return page.paged(shown, found.play_now, found.to_buy)

    return await ask_about_players(request, query)


def _paged(within: Constraints, found: Recommendations) -> Paged:
    return within.page.paged(within.page.cut(found), found)

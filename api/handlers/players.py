"""What the numbers say about players; those whom somebody keeps private are not in these data."""

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.parameters import OtherPlayer, Player
from api.questions import ask_about_players
from store import queries
from store.results import LibraryByGenre, PlayerPair, UserData
from store.visibility import Visibility


async def find_player(request: Request, text: Player) -> Response:
    """The user id of the player whom a text names."""
    return await ask_about_players(request, lambda session, visible: visible.find_public(session, text))


async def userdata(request: Request, user_id: Player) -> Response:
    """What a player's library cost, how much it holds, and how often the player recommends."""

    def query(session: Session, visible: Visibility) -> UserData:
        return queries.userdata(session, visible.find_public(session, user_id))

    return await ask_about_players(request, query)


async def library_by_genre(request: Request, user_id: Player) -> Response:
    """How many games of each genre a player owns, and the hours played in them, most hours first."""

    def query(session: Session, visible: Visibility) -> LibraryByGenre:
        return queries.library_by_genre(session, visible.find_public(session, user_id))

    return await ask_about_players(request, query)


async def compare_players(request: Request, first: Player, second: OtherPlayer) -> Response:
    """Two players' numbers, and the games that both own."""

    def query(session: Session, visible: Visibility) -> PlayerPair:
        one, other = (visible.find_public(session, text) for text in (first, second))
        return queries.compare_players(session, one, other)

    return await ask_about_players(request, query)

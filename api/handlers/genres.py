"""What the numbers say about genres."""

from starlette.requests import Request
from starlette.responses import Response

from api.parameters import Genre
from api.questions import ask, ask_about_players
from store import queries


async def user_for_genre(request: Request, genre: Genre) -> Response:
    """The player with most hours in a genre, and that player's hours in it by release year.

    Where that player is private, there is no answer (404).
    """
    return await ask_about_players(request, lambda session, visible: visible.user_for_genre(session, genre))


async def play_time_genre(request: Request, genre: Genre) -> Response:
    """The release year whose games of a genre were played most, in hours of all players."""
    return await ask(request, queries.play_time_genre, genre)


async def genre_hours(request: Request, genre: Genre) -> Response:
    """The hours that all players played games of a genre, by release year, the unknown one (null) last."""
    return await ask(request, queries.genre_hours, genre)

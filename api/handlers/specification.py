"""The specification's seven questions, in its own words and shapes."""

from typing import Annotated, Any, TypedDict

from fastapi import Path
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.parameters import LONGEST_NAME
from api.questions import ask, ask_about_players
from store import queries
from store.visibility import Visibility

# Names have characters here that an identifier of Python may not have, or not by our conventions.
ItemsOfYear = TypedDict("ItemsOfYear", {"Año": int | None, "Cantidad de Items": int, "Contenido Free": str})
PlayerSummary = TypedDict(
    "PlayerSummary",
    {
        "Usuario X": str,
        "Dinero gastado": str,
        "% de recomendación": str | None,
        "cantidad de items": int,
    },
)


class HoursOfYear(TypedDict):
    """Hours played of the games released in a year."""

    Año: int | None  # noqa: PLC2401
    Horas: int


# The name of the genre or developer is part of the key.
GenreChampionSummary = dict[str, str | list[HoursOfYear]]
Places = list[dict[str, str]]
ReviewSummary = dict[str, list[str]]
Titles = list[str]


def _name(alias: str, description: str, example: str) -> Any:
    return Path(
        alias=alias, min_length=1, max_length=LONGEST_NAME, description=description, examples=[example]
    )


async def developer(
    request: Request, name: Annotated[str, _name("desarrollador", "El nombre del desarrollador.", "Valve")]
) -> Response:
    """Cantidad de items y porcentaje de contenido free por año según empresa desarrolladora."""
    return await ask(request, lambda session: queries.developer(session, name).as_dict())


async def userdata(
    request: Request, user_id: Annotated[str, _name("User_id", "El id del usuario.", "sample_player_077")]
) -> Response:
    """Dinero gastado por el usuario, porcentaje de recomendación y cantidad de items."""

    def query(session: Session, visible: Visibility) -> object:
        return queries.userdata(session, visible.find_public(session, user_id)).as_dict()

    return await ask_about_players(request, query)


async def user_for_genre(
    request: Request, genre: Annotated[str, _name("genero", "El género.", "Action")]
) -> Response:
    """El usuario que acumula más horas jugadas para el género, y sus horas por año de lanzamiento."""
    return await ask_about_players(
        request, lambda session, visible: visible.user_for_genre(session, genre).as_dict()
    )


async def best_developer_year(
    request: Request,
    year: Annotated[int, Path(alias="anio", ge=0, le=9999, description="El año.", examples=[2014])],
) -> Response:
    """Los tres desarrolladores con juegos más recomendados por usuarios para el año."""
    return await ask(request, lambda session: queries.best_developer_year(session, year).as_dict())


async def developer_reviews_analysis(
    request: Request,
    developer: Annotated[str, _name("desarrolladora", "El nombre de la desarrolladora.", "Valve")],
) -> Response:
    """Cantidad de reseñas negativas y positivas de la desarrolladora."""
    return await ask(
        request, lambda session: queries.developer_reviews_analysis(session, developer).as_dict()
    )


async def recommend_game(
    request: Request,
    game: Annotated[str, _name("id_de_producto", "El id del producto, o su título.", "620")],
) -> Response:
    """Cinco juegos recomendados similares al ingresado."""
    return await ask(request, lambda session: queries.recommend_game(session, game).as_dict())


async def recommend_user(
    request: Request,
    user_id: Annotated[str, _name("id_de_usuario", "El id del usuario.", "sample_player_077")],
) -> Response:
    """Cinco juegos recomendados para el usuario."""

    def query(session: Session, visible: Visibility) -> object:
        return queries.recommend_user(session, visible.find_public(session, user_id)).as_dict()

    return await ask_about_players(request, query)

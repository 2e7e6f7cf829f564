"""The specification's seven questions answer in its own shapes, whatever a name is made of."""

from urllib.parse import quote

import httpx
import pytest

from store import Database, queries


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "/developer/valve",
            [
                {"Año": 2014, "Cantidad de Items": 2, "Contenido Free": "50%"},
                {"Año": 2011, "Cantidad de Items": 1, "Contenido Free": "0%"},
            ],
        ),
        (
            "/userdata/ana",
            {
                "Usuario X": "ana",
                "Dinero gastado": "14.98 USD",
                "% de recomendación": "100%",
                "cantidad de items": 2,
            },
        ),
        (
            "/UserForGenre/ACTION",
            {
                "Usuario con más horas jugadas para Género Action": "ana",
                "Horas jugadas": [{"Año": 2000, "Horas": 5}, {"Año": 2011, "Horas": 5}],
            },
        ),
        ("/best_developer_year/2014", [{"Puesto 1": "Valve"}]),
        ("/developer_reviews_analysis/Valve", {"Valve": ["Negative = 1", "Positive = 2"]}),
        ("/recomendacion_juego/620", ["Rayman / Pokémon", "Third"]),
        ("/recomendacion_usuario/ben", ["Portal 2", "Third"]),
    ],
)
def test_a_question_answers_in_its_shape(client: httpx.Client, address: str, expected: object) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == expected


@pytest.mark.parametrize(
    "name",
    ["A/B Ünited", "a/b united", "A%2FB", "A/B Ünited/", "a b ünited", "A/B U\u0308nited"],
)
def test_a_name_may_have_slashes_accents_and_any_case(client: httpx.Client, name: str) -> None:
    for encoded in {quote(name, safe="/%"), quote(name, safe="%")}:
        response = client.get(f"/developer/{encoded}")
        assert response.json() == [{"Año": 2000, "Cantidad de Items": 1, "Contenido Free": "100%"}]


def test_a_title_with_a_slash_is_recommended_from(client: httpx.Client) -> None:
    assert client.get("/recomendacion_juego/Rayman%20%2F%20Pok%C3%A9mon").json() == ["Portal 2", "Third"]


def test_the_seven_say_of_the_sample_what_the_queries_say(
    sample_client: httpx.Client, sample_store: Database, sample_players: list[str]
) -> None:
    player = sample_players[0]
    with sample_store.reader() as session:
        expected = {
            "/developer/Valve": queries.developer(session, "Valve").as_dict(),
            f"/userdata/{quote(player)}": queries.userdata(session, player).as_dict(),
            "/UserForGenre/Action": queries.user_for_genre(session, "Action").as_dict(),
            "/best_developer_year/2014": queries.best_developer_year(session, 2014).as_dict(),
            "/developer_reviews_analysis/Valve": queries.developer_reviews_analysis(
                session, "Valve"
            ).as_dict(),
            "/recomendacion_juego/620": queries.recommend_game(session, 620).as_dict(),
            f"/recomendacion_usuario/{quote(player)}": queries.recommend_user(session, player).as_dict(),
        }
    assert {address: sample_client.get(address).json() for address in expected} == expected

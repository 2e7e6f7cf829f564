"""Every question that can be put from Python can be put over HTTP, by the same words."""

import inspect
import json
from dataclasses import fields
from typing import Any, get_args, get_origin

import pytest
from fastapi import FastAPI

from api.app import create_app
from api.handlers.rankings import DevelopersOfYear, GamesOfYear
from api.operations import OPERATIONS
from api.options import ApiOptions
from api.parameters import Kind, LibraryRequest
from store import Database, queries, results
from store.models import NameKind

V1 = "/v1/"
QUERIES = sorted(name for name in queries.__all__ if inspect.isfunction(getattr(queries, name)))
# Which lists begin anywhere, whatever the query takes.
PAGED = {
    "complete",
    "recommend_best",
    "recommend_game",
    "recommend_group",
    "recommend_library",
    "recommend_user",
    "review_texts",
}
# Lists that say something of themselves, for which an array has no room.
SENT_AS = {results.DeveloperRanking: DevelopersOfYear, results.GameRanking: GamesOfYear}
# What is never for whoever asks to say, and what somebody told the bot alone.
OURS = {"without_players", "taste"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(Database(tmp_path_factory.mktemp("none") / "none.sqlite3"), ApiOptions())


@pytest.fixture(scope="module")
def documented(app: FastAPI) -> dict[str, Any]:
    described: dict[str, Any] = json.loads(app.state.description.content)
    return described


def test_every_public_query_has_an_address() -> None:
    assert {f"{V1}{name}" for name in QUERIES} == {o.path for o in OPERATIONS if o.path.startswith(V1)}


@pytest.mark.parametrize("name", QUERIES)
def test_an_address_takes_what_the_query_takes(name: str, documented: dict[str, Any]) -> None:
    takes = set(inspect.signature(getattr(queries, name)).parameters) - {"session"} - OURS
    if "filters" in takes:
        takes = takes - {"filters"} | {field.name for field in fields(queries.Filters)}
    if name in PAGED:
        takes |= {"offset"}
    (operation,) = documented["paths"][f"{V1}{name}"].values()
    if "requestBody" in operation:
        assert takes == set(LibraryRequest.model_fields)
    else:
        assert takes == {parameter["name"] for parameter in operation.get("parameters", ())}


def test_names_of_every_kind_can_be_completed() -> None:
    assert [kind.of_names for kind in Kind] == list(NameKind)


def test_the_seven_stand_where_the_specification_has_them(documented: dict[str, Any]) -> None:
    assert [path for path in documented["paths"] if not path.startswith(V1)] == [
        "/developer/{desarrollador}",
        "/userdata/{User_id}",
        "/UserForGenre/{genero}",
        "/best_developer_year/{año}",
        "/developer_reviews_analysis/{desarrolladora}",
        "/recomendacion_juego/{id_de_producto}",
        "/recomendacion_usuario/{id_de_usuario}",
    ]


def test_every_operation_has_a_summary_and_a_name_of_its_own() -> None:
    assert len({operation.id for operation in OPERATIONS}) == len(OPERATIONS)
    assert all(operation.summary.endswith(".") for operation in OPERATIONS)


def test_every_schema_that_is_referred_to_is_there(documented: dict[str, Any]) -> None:
    schemas = documented["components"]["schemas"]
    assert set(_references(documented)) <= set(schemas)


def _references(node: Any) -> Any:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def test_the_type_of_every_answer_is_that_of_the_query() -> None:
    for operation in OPERATIONS:
        if operation.path.startswith(V1):
            declared = inspect.signature(getattr(queries, operation.path.removeprefix(V1))).return_annotation
            assert _plain(operation.result) == _plain(SENT_AS.get(declared, declared)), operation.path


def _plain(declared: Any) -> Any:
    """Return a type as JSON knows it: any tuple of one type is an array, and every key a text."""
    if declared == dict[int, str]:
        return dict[str, str]
    for base in getattr(declared, "__orig_bases__", ()):
        if get_origin(base) is tuple:
            declared = base
    return (tuple, get_args(declared)[0]) if getattr(declared, "__origin__", None) is tuple else declared

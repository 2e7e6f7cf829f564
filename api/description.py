"""The description of the service (OpenAPI), with answers of the generated sample as examples."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, get_args, get_origin

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.errors import MEDIA_TYPE, Problem
from api.operations import OPERATIONS, Operation
from api.parameters import EXAMPLE_OF_LIBRARY, LibraryRequest

EXAMPLES = "examples.json"

_REF = "#/components/schemas/{name}"
_REFUSALS = {
    404: "Nothing is known by that name, or nothing of what was asked.",
    422: "A parameter cannot be used.",
    429: "Too many requests from this address.",
    503: "The data cannot be read just now, or it took too long.",
}
_TITLE = "Nextplay"
_ABOUT = """\
Steam games: what the numbers say, and what to play next. Names are matched whatever their case, accents and
punctuation. Prices and spending are in US dollars, exact and therefore text; playtimes are in hours; what is
unknown is null, never 0. The examples are answers of generated sample data.

An answer has an `ETag`, which changes with the data: with `If-None-Match`, 304 says that nothing has changed.
Where a list goes on, the header `Link` has the address of the next page.\
"""


class ResultSchemas:
    """The schemas of all results, from the types that are encoded."""

    def __init__(self) -> None:
        """Build them."""
        types = [*(operation.result for operation in OPERATIONS), Problem]
        schemas, self.components = msgspec.json.schema_components(
            types, schema_hook=_schema_of_list, ref_template=_REF
        )
        self._problem = schemas[-1]
        self._of_ids = {operation.id: schema for operation, schema in zip(OPERATIONS, schemas, strict=False)}

    def responses(self, operation: Operation) -> dict[int | str, dict[str, Any]]:
        """Return how an operation may answer."""
        answer = {"schema": self._of_ids[operation.id]}
        refusal = {MEDIA_TYPE: {"schema": self._problem}}
        refusals = _REFUSALS | ({413: "The body is too large."} if operation.method == "POST" else {})
        return {
            200: {"description": "The answer.", "content": {"application/json": answer}},
            **{status: {"description": why, "content": refusal} for status, why in refusals.items()},
        }


def describe(app: FastAPI, schemas: ResultSchemas) -> dict[str, Any]:
    """Return the description of an app that has all operations."""
    described = get_openapi(
        title=_TITLE, version="1", summary=_ABOUT.partition(".")[0], description=_ABOUT, routes=app.routes
    )
    described["components"]["schemas"] |= schemas.components
    _add_examples(described)
    return _with_specified_names(described)


def _add_examples(described: Mapping[str, Any]) -> None:
    """Add the examples last: FastAPI would leave out what is null in them."""
    described["components"]["schemas"][LibraryRequest.__name__]["example"] = EXAMPLE_OF_LIBRARY
    answers: dict[str, Any] = json.loads(files("api").joinpath(EXAMPLES).read_text(encoding="utf-8"))
    for operation in _operations(described):
        if operation["operationId"] in answers:  # a new one has none before the tool has asked it
            content = operation["responses"]["200"]["content"]["application/json"]
            content["example"] = answers[operation["operationId"]]


def _with_specified_names(described: dict[str, Any]) -> dict[str, Any]:
    """Return the description with the year called as in the specification; Starlette takes ASCII alone."""
    described["paths"] = {
        path.replace("{anio}", "{año}"): operations for path, operations in described["paths"].items()
    }
    for operation in _operations(described):
        for parameter in operation.get("parameters", ()):
            parameter["name"] = parameter["name"].replace("anio", "año")
    return described


def _operations(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [operation for of_path in described["paths"].values() for operation in of_path.values()]


def _schema_of_list(kind: type) -> dict[str, Any]:
    """Return the schema of one of the store's lists, which are classes of tuples of one dataclass."""
    [item] = (
        get_args(base)[0]
        for base in kind.__orig_bases__  # type: ignore[attr-defined]
        if get_origin(base) is tuple
    )
    return {"type": "array", "items": {"$ref": _REF.format(name=item.__name__)}}

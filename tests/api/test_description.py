"""The description of the API says what is so: its examples are answered again, its table is complete."""

import json
from typing import Any

import httpx
import pytest

from tools.http_docs import EXAMPLES_FILE, PAGE, answers, with_table

# What is of the moment at which the store was filled.
OF_THE_MOMENT = ("v1_data_status", "v1_provenance")


@pytest.mark.slow
def test_every_operation_answers_its_documented_parameters_as_documented(sample_client: httpx.Client) -> None:
    documented, given = json.loads(EXAMPLES_FILE.read_text(encoding="utf-8")), answers(sample_client)
    assert _shape(given) == _shape(documented)
    for name in set(given) - set(OF_THE_MOMENT):
        assert _texts(given[name]) == _texts(documented[name]), name


def test_the_examples_are_in_the_description(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    examples = json.loads(EXAMPLES_FILE.read_text(encoding="utf-8"))
    shown = {
        operation["operationId"]: operation["responses"]["200"]["content"]["application/json"]["example"]
        for operations in described["paths"].values()
        for operation in operations.values()
    }
    assert shown == examples


def test_the_table_of_the_page_is_that_of_the_operations() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run `make docs`"


def _texts(value: Any) -> list[str]:
    """Return every text of an answer, in its order; figures may differ in their last digits."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def _shape(value: Any) -> Any:
    """Return the keys and types of an answer; all numbers are of one type."""
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shape(item) for item in value]
    return (
        "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
    )

"""Whatever is sent to the running service, it answers as its description says, and never fails.

schemathesis derives the requests from the description: right ones (positive) and wrong ones (negative).
"""

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.operations import OPERATIONS, Operation

pytestmark = pytest.mark.slow

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="session")
def description(sample_client: httpx.Client) -> schemathesis.BaseSchema:
    """The description as the running service gives it."""
    return schemathesis.openapi.from_url(f"{sample_client.base_url}/openapi.json")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_every_answer_is_as_described(
    description: schemathesis.BaseSchema, operation: Operation, mode: GenerationMode
) -> None:
    described = description[_path_of(operation)][operation.method]

    @given(case=described.as_strategy(generation_mode=mode))
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    def every_answer_is_as_described(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    if operation_can_be_wrong(described, mode):
        every_answer_is_as_described()


def _path_of(operation: Operation) -> str:
    return operation.path.replace(":path", "").replace("{anio}", "{año}")


def operation_can_be_wrong(described: Any, mode: GenerationMode) -> bool:
    """Return whether there are requests of the mode: where nothing is asked for, nothing can be wrong."""
    return mode.is_positive or bool(list(described.iter_parameters())) or bool(described.body)

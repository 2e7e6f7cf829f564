"""Whatever is sent to the running service, it answers as its description says, and never fails.

schemathesis derives the requests from the description itself: examples, edge cases of every parameter, and
values at random, right and wrong ones.
"""

import warnings

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

pytestmark = pytest.mark.slow

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

schema = schemathesis.pytest.from_fixture("description")


@pytest.fixture(scope="session")
def description(sample_client: httpx.Client) -> schemathesis.BaseSchema:
    """The description as the running service gives it."""
    return schemathesis.openapi.from_url(f"{sample_client.base_url}/openapi.json")


@schema.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        case.call_and_validate(checks=CHECKS)

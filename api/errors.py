"""What goes wrong, as a status and one sentence: one table for all addresses."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from store import DatabaseUnavailable, NextplayError, NotFound, QueryTimeout
from store.errors import (
    ChampionIsPrivate,
    NoData,
    NoDeckRatings,
    NothingLeft,
    NothingPlayed,
    NothingToGoOn,
    OutsideData,
    PrivacyUnknown,
    WrongArgument,
)
from store.names.not_found import quotable

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_RETRY_SECONDS = "5"
_NO_JSON = "The body is no valid JSON."


class WrongParameters(NextplayError):
    """The parameters of a request do not go together, or are not known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer (RFC 9457), in one sentence, `detail`.

    Where a name or year is unknown, `kind` is what it should name, `asked` what was asked for, and
    `suggestions` the closest real ones, best first.
    """

    title: str
    status: int
    detail: str
    kind: str | None = None
    asked: str | None = None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """The status of a kind of error; `sentence` stands in for one that is not for everybody."""

    error: type[NextplayError]
    status: int
    sentence: str | None = None
    level: int = logging.NOTSET


RULES = (
    Rule(NotFound, 404),
    Rule(OutsideData, 404),
    Rule(NoDeckRatings, 404),
    Rule(NothingPlayed, 404),
    Rule(NothingToGoOn, 404),
    Rule(NothingLeft, 404),
    Rule(ChampionIsPrivate, 404),
    Rule(WrongArgument, 422),
    Rule(WrongParameters, 422),
    Rule(NoData, 503, "There are no data yet; `nextplay refresh` fills the store."),
    Rule(
        PrivacyUnknown,
        503,
        "Nobody can tell which players are private, so that none is shown.",
        logging.ERROR,
    ),
    Rule(QueryTimeout, 503, "That took too long and was stopped; try again in a minute.", logging.WARNING),
    # The reason names files of this machine, so only the log has it.
    Rule(
        DatabaseUnavailable,
        503,
        "The data cannot be read just now; whoever runs this service finds the reason in its log.",
        logging.ERROR,
    ),
)
_TITLES = {
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response for a problem; for one that passes it says when to try again."""
    retry = {"Retry-After": _RETRY_SECONDS} if problem.status == 503 else {}
    return Response(
        msgspec.json.encode(problem),
        problem.status,
        headers={"Cache-Control": "no-store"} | retry | dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def make_problem(status: int, detail: str) -> Problem:
    """Return a problem of which no more is to be said than the sentence `detail`."""
    return Problem(_TITLES.get(status, "Error"), status, detail)


async def handle_refusal(request: Request, error: Exception) -> Response:
    """Answer what the store or we ourselves refuse; an error that no rule knows is a defect."""
    rule = next((rule for rule in RULES if isinstance(error, rule.error)), None)
    if rule is None:
        return await handle_defect(request, error)
    if rule.level:
        log.log(rule.level, "%s", error)
    problem = make_problem(rule.status, rule.sentence or str(error))
    if isinstance(error, NotFound):
        problem = Problem(
            problem.title, problem.status, problem.detail, error.kind, error.asked, error.suggestions
        )
    return problem_response(problem)


async def handle_invalid(request: Request, error: Exception) -> Response:
    """Answer a request whose parameters or body cannot be used, by the first of what is wrong."""
    assert isinstance(error, RequestValidationError)
    return problem_response(make_problem(422, _sentence_of(error.errors()[0])))


async def handle_http(request: Request, error: Exception) -> Response:
    """Answer an unknown address, a wrong method, or what the framework itself refuses."""
    assert isinstance(error, HTTPException)
    if error.status_code == 400:  # the body is not even text
        return problem_response(make_problem(422, _NO_JSON))
    headers = error.headers or {}
    sentences = {
        404: "There is nothing at this address; /openapi.json lists what there is.",
        405: f"This address takes {headers.get('Allow', 'another method')} only.",
        413: "The body is too large.",
    }
    detail = sentences.get(error.status_code, f"{error.detail}".rstrip(".") + ".")
    return problem_response(make_problem(error.status_code, detail), headers)


async def handle_defect(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw: whoever asked gets a number, under which the log has the trace."""
    error_id = secrets.token_hex(4)
    log.error("A request failed, incident %s", error_id, exc_info=error)
    return problem_response(make_problem(500, f"Something went wrong and was noted as {error_id}."))


def _sentence_of(error: Mapping[str, object]) -> str:
    location = error["loc"]
    assert isinstance(location, tuple | list)
    place, *names = map(str, location)
    what = "the body" if place == "body" else "the parameter"
    if error["type"] == "json_invalid":
        return _NO_JSON
    named = f"{what} “{quotable('.'.join(names))}”" if names else what
    if error["type"] == "missing":
        return f"{named[0].upper()}{named[1:]} is missing."
    reason = quotable(str(error["msg"]))
    return f"{named[0].upper()}{named[1:]} cannot be used: {reason[0].lower()}{reason[1:]}."

"""What the store holds, and the names in it."""

from dataclasses import replace
from typing import Annotated

from fastapi import Query
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.paging import Page, Paged
from api.parameters import Kind, Limit, NearOffset, Typed
from api.questions import ask, ask_about_players
from store import queries
from store.models import NameKind
from store.results import DataStatus, RunInfo
from store.visibility import Visibility

_MOST_RUNS = 50
_SEE_LOG = "The reason is in the log of whoever runs this service."

OfKind = Annotated[Kind, Query(description="What the name names.", examples=["game"])]
Runs = Annotated[int, Query(ge=0, le=_MOST_RUNS, description="How many of the last runs.", examples=[1])]


async def complete(
    request: Request, kind: OfKind, text: Typed = "", limit: Limit = 25, offset: NearOffset = 0
) -> Response:
    """Names for what was typed so far: exact, by prefix, by words, then misspelt ones.

    `value` finds the thing again without doubt. Without a text: the names that rank highest.
    """
    page, of_names = Page(limit, offset), kind.of_names

    def query(session: Session, visible: Visibility) -> Paged:
        found = (
            visible.complete(session, text, page.reach)
            if of_names is NameKind.PLAYER
            else queries.complete(session, of_names, text, page.reach)
        )
        return page.paged(page.cut(found), found)

    return await ask_about_players(request, query)


async def data_status(request: Request, runs: Runs = 5) -> Response:
    """What the store holds, the run it comes from, and the last runs, newest first."""

    def query(session: Session) -> DataStatus:
        status = queries.data_status(session, runs)
        applied = None if status.applied is None else _for_everybody(status.applied)
        return replace(status, applied=applied, runs=tuple(map(_for_everybody, status.runs)))

    return await ask(request, query)


async def provenance(request: Request) -> Response:
    """What data the store holds, and when they were last found up to date."""
    return await ask(request, queries.provenance)


def _for_everybody(run: RunInfo) -> RunInfo:
    """Return a run without what its error says, which may name files of this machine."""
    return run if run.error is None else replace(run, error=_SEE_LOG)

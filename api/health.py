"""How the service is, for whoever watches it, and its description."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fastapi.openapi.docs import get_swagger_ui_html
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.answers import StoredAnswer, encode
from api.questions import Questions
from store import queries
from store.errors import NoData

_SECONDS_TO_LOOK = 5.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """That the store can be read.

    `data_as_of` is the last day that its data know of, `refreshed_at` when these were last found up to date.
    """

    status: str
    generated: bool
    data_as_of: date | None
    refreshed_at: datetime
    age_seconds: float


async def healthz(request: Request) -> Response:
    """Answer that the process lives."""
    return _plain(encode({"status": "alive"}))


async def readyz(request: Request) -> Response:
    """Tell that the store can be read, where its data end, and when they were last looked at.

    Raises:
        NextplayError: It cannot be, or has never been filled.
    """
    state = await Questions.of(request).states.current_with_data()
    provenance = await state.runner.run(queries.provenance, seconds=_SECONDS_TO_LOOK)
    age = provenance.age(datetime.now(UTC))
    if provenance.refreshed_at is None or age is None:
        raise NoData
    return _plain(
        encode(
            Readiness(
                "ready",
                provenance.generated,
                provenance.dates.as_of,
                provenance.refreshed_at,
                age.total_seconds(),
            )
        )
    )


async def metrics(request: Request) -> Response:
    """Give the metrics to Prometheus; some are read from the store, which takes a thread."""
    registry: CollectorRegistry = request.app.state.registry
    page = await asyncio.to_thread(generate_latest, registry)
    return Response(page, media_type=CONTENT_TYPE_LATEST)


async def openapi(request: Request) -> Response:
    """Give the description."""
    description: StoredAnswer = request.app.state.description
    return description


async def docs(request: Request) -> Response:
    """Show the description as a page; the program that shows it is loaded from elsewhere by the browser."""
    return get_swagger_ui_html(openapi_url="/openapi.json", title="Nextplay")


ROUTES = (
    Route("/healthz", healthz, methods=["GET"]),
    Route("/readyz", readyz, methods=["GET"]),
    Route("/metrics", metrics, methods=["GET"]),
    Route("/openapi.json", openapi, methods=["GET"]),
    Route("/docs", docs, methods=["GET"]),
)


def _plain(body: bytes) -> Response:
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})

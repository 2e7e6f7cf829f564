"""The service as an ASGI app: what is asked where, and what every request goes through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from prometheus_client import CollectorRegistry
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request

from api.answers import StoredAnswer, encode, make_etag
from api.description import ResultSchemas, describe
from api.errors import handle_http, handle_invalid, handle_refusal
from api.health import ROUTES
from api.metrics import RequestMetrics, add_data_age, data_age, process_registry
from api.middleware import AnsweredBefore, BodyLimited, Counted, HeadAsGet, RateLimited
from api.operations import OPERATIONS
from api.options import ApiOptions
from api.parameters import KnownParameters
from api.questions import Questions
from api.store_states import StoreStates
from store import Database, NextplayError
from store.execution.executor import QueryExecutor

# A library of fifty thousand games, generously written.
_LARGEST_BODY = 2_000_000
_MAX_AGE_OF_PREFLIGHT = 3600


def create_app(database: Database, options: ApiOptions, registry: CollectorRegistry | None = None) -> FastAPI:
    """Return the app that answers from `database`, which it never writes.

    Args:
        database: The store; it need not exist yet.
        options: How to answer; where to listen is the server's concern.
        registry: Where to count requests, beside what is counted there already; None is a new one, which
            has the state of the process and the age of the data too.
    """
    executor = QueryExecutor("api-query")
    states = StoreStates(database, executor)
    questions = Questions(states, options.query_seconds)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        states.close()
        executor.close()

    if registry is None:
        registry = process_registry()
        add_data_age(registry, partial(data_age, database))
    app = FastAPI(
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        dependencies=[Depends(_check_parameters)],
        routes=list(ROUTES),
        middleware=_middleware(options, questions, RequestMetrics(registry)),
        exception_handlers={
            NextplayError: handle_refusal,
            RequestValidationError: handle_invalid,
            HTTPException: handle_http,
        },
    )
    app.state.questions = questions
    app.state.registry = registry
    _add_operations(app)
    return app


def _middleware(options: ApiOptions, questions: Questions, metrics: RequestMetrics) -> list[Middleware]:
    """Return what a request goes through, outermost first."""
    layers = [Middleware(HeadAsGet), Middleware(Counted, metrics=metrics)]
    if options.cors_origins:
        layers.append(
            Middleware(
                CORSMiddleware,
                allow_origins=options.cors_origins,
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type", "If-None-Match"],
                expose_headers=["ETag", "Link", "Retry-After"],
                max_age=_MAX_AGE_OF_PREFLIGHT,
            )
        )
    if options.rate_limit is not None:
        layers.append(Middleware(RateLimited, limit=options.rate_limit))
    return [
        *layers,
        Middleware(AnsweredBefore, questions=questions),
        Middleware(BodyLimited, most=_LARGEST_BODY),
    ]


def _add_operations(app: FastAPI) -> None:
    schemas = ResultSchemas()
    for operation in OPERATIONS:
        app.add_api_route(
            operation.path,
            operation.handler,
            methods=[operation.method],
            operation_id=operation.id,
            summary=operation.summary,
            description=operation.description,
            tags=[operation.heading],
            responses=schemas.responses(operation),
        )
    description = describe(app, schemas)
    app.state.parameters = KnownParameters(description)
    body = encode(description)
    app.state.description = StoredAnswer(body, make_etag(body))


async def _check_parameters(request: Request) -> None:
    parameters: KnownParameters = request.app.state.parameters
    parameters.check(request)

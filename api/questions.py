"""Puts questions to the store, each within its time, and keeps the answers until the store changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeAlias
from urllib.parse import quote, urlencode

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from api.answers import StoredAnswer, encode
from api.paging import Page, Paged
from api.store_states import AnswerKey, StoreStates
from store.visibility import Visibility

P = ParamSpec("P")

# Of a question that may show players, with what may be shown of them.
PlayerQuery: TypeAlias = Callable[[Session, Visibility], object]


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A result as JSON, and the page after it if there is one."""

    body: bytes
    following: Page | None = None


class Questions:
    """Answers requests from the store."""

    def __init__(self, states: StoreStates, seconds: float) -> None:
        """Answer within `seconds` each, by the state that `states` know."""
        self.states = states
        self._seconds = seconds

    @classmethod
    def of(cls, request: Request) -> "Questions":
        """Return those that the app of a request was made with."""
        questions: Questions = request.app.state.questions
        return questions

    def answered(self, scope: Scope) -> StoredAnswer | None:
        """Return the answer to the same request as `scope` if it was given since the store changed."""
        state = self.states.known()
        return None if state is None else state.answers.get(_key(scope))

    async def answer(self, request: Request, query: PlayerQuery) -> Response:
        """Answer a request by what `query` finds, a `Paged` if there may be more.

        Raises:
            NextplayError: What the query raises, or why the store cannot be asked.
        """
        state = await self.states.current_with_data()
        visibility = state.visibility
        encoded = await state.runner.run(
            lambda session: _encode(query(session, visibility)), seconds=self._seconds
        )
        headers = [] if encoded.following is None else [(b"link", _link(request, encoded.following))]
        scope = request.scope
        answer = StoredAnswer(encoded.body, state.etag, route=scope.get("route"), headers=headers)
        if scope["method"] == "GET":
            state.keep(_key(scope), answer)
        return answer


async def ask(
    request: Request, query: Callable[Concatenate[Session, P], object], *args: P.args, **kwargs: P.kwargs
) -> Response:
    """Answer a request by a query that shows no player. Raises as `Questions.answer` does."""
    return await Questions.of(request).answer(request, lambda session, _: query(session, *args, **kwargs))


async def ask_about_players(request: Request, query: PlayerQuery) -> Response:
    """Answer a request by a query that shows players. Raises as `Questions.answer` does."""
    return await Questions.of(request).answer(request, query)


def _key(scope: Scope) -> AnswerKey:
    return scope["path"], scope["query_string"]


def _encode(found: object) -> _Encoded:
    if isinstance(found, Paged):
        return _Encoded(encode(found.result), found.following)
    return _Encoded(encode(found))


def _link(request: Request, following: Page) -> bytes:
    """Return the header `Link` (RFC 8288) to the page after the one that is asked for."""
    others = [pair for pair in request.query_params.multi_items() if pair[0] not in ("limit", "offset")]
    query = urlencode([*others, ("limit", following.limit), ("offset", following.offset)])
    return f'<{quote(request.scope["path"])}?{query}>; rel="next"'.encode()

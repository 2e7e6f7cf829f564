"""A cache of answers that all readers of a store share, for as long as nothing is written to it."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from cachetools import LRUCache
from sqlalchemy.orm import Session

P = ParamSpec("P")
Answer = TypeVar("Answer")
Query = Callable[Concatenate[Session, P], Answer]

# What changes with every write to the store.
ChangeToken = tuple[int, ...]

# A server asks for a few hundred games and developers again and again. An answer takes some 10 kB, and half
# of them are what a name stands for, which take next to nothing.
_ANSWERS = 1_024
# The key in a reading session's `info` of what it may keep answers in.
_KEY = "nextplay.answer_cache"


class AnswerCache:
    """The answers last asked for, all of one state of the store."""

    def __init__(self) -> None:
        self._token: ChangeToken | None = None
        self._answers: LRUCache[Hashable, Any] = LRUCache(_ANSWERS)
        self._lock = threading.Lock()

    def get_or_ask(self, token: ChangeToken, key: Hashable, ask: Callable[[], Answer]) -> Answer:
        """Return the answer of that key, asked for where it is not kept; what `ask` raises is not kept."""
        with self._lock:
            if token != self._token:
                self._token = token
                self._answers.clear()
            elif key in self._answers:
                kept: Answer = self._answers[key]
                return kept
        answer = ask()
        with self._lock:
            if token == self._token:
                self._answers[key] = answer
        return answer


@dataclass(frozen=True, slots=True)
class _Use:
    cache: AnswerCache
    token: ChangeToken
    audience: Hashable
    transaction: object


def use_answers(session: Session, cache: AnswerCache, token: ChangeToken, audience: Hashable) -> None:
    """Let a reading session share answers with those of the same audience, in its present transaction.

    Args:
        session: It sees one state of the store.
        cache: Where answers are kept.
        token: The store's change token from before that state was opened. Were it from after, an answer of
            an earlier state could be taken for one of a later.
        audience: Whose answers they are.
    """
    session.connection()  # begins the transaction
    session.info[_KEY] = _Use(cache, token, audience, session.get_transaction())


def bypass_answer_cache(session: Session) -> None:
    """Let a session use no cached answers, as where their cost is measured."""
    session.info.pop(_KEY, None)


def kept(query: Query[P, Answer]) -> Query[P, Answer]:
    """Keep the answers of a query, which must be immutable, as its arguments must be hashable.

    It is for what many people ask in the same words: nothing personal, and more work than looking it up.
    """

    @wraps(query)
    def ask(session: Session, *args: P.args, **kwargs: P.kwargs) -> Answer:
        use: _Use | None = session.info.get(_KEY)
        if use is None or use.transaction is not session.get_transaction():
            return query(session, *args, **kwargs)
        key = (query, use.audience, args, tuple(sorted(kwargs.items())))
        return use.cache.get_or_ask(use.token, key, lambda: query(session, *args, **kwargs))

    return ask  # type: ignore[return-value]  # a session by its name will do as well

"""What is made of each kind of answer: one table, of which the first rule that fits counts.

A service method can fail with status 200 and an empty envelope; then the header `x-eresult` has the truth.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from steam.reply import Call, Reply


class Ruling(Enum):
    """What to do with an answer."""

    USE = auto()
    """It is what was asked for; an empty envelope is for the caller to judge."""
    WAIT = auto()
    """Ask again after a while: a strike against the host."""
    FAIL = auto()
    """Asking again is no use: the method has changed, or is gone."""
    NO_KEY = auto()
    """The key is not taken; go on without."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of answer: how it is recognised, what is done, and what is said of it."""

    ruling: Ruling
    says: str
    fits: Callable[[Call, Reply], bool]


_GOOD = 1
_BAD_PARAMETER = 8
# Denied, for want of a right; nothing here asks for what belongs to a person.
DENIED = 15
_THROTTLED_AT_STORE = 403
# What a method of an older interface says in its body of an app that it does not know.
_NO_MATCH = 42

RULES: tuple[Rule, ...] = (
    Rule(Ruling.WAIT, "allows no more calls for now", lambda _call, reply: reply.status == 429),
    Rule(
        Ruling.NO_KEY,
        "does not take the key",
        lambda call, reply: reply.status in (401, 403) and call.needs_key,
    ),
    Rule(
        Ruling.WAIT,
        "shuts this machine out for now",
        lambda _call, reply: reply.status == _THROTTLED_AT_STORE,
    ),
    Rule(
        Ruling.WAIT, "is in trouble", lambda _call, reply: reply.status in (408, 425) or reply.status >= 500
    ),
    Rule(
        Ruling.USE,
        "counts no players of it",
        lambda call, reply: reply.status == 404 and _says_no_match(call, reply),
    ),
    Rule(Ruling.FAIL, "has no such method any more", lambda _call, reply: reply.status in (404, 410)),
    Rule(Ruling.FAIL, "does not take the request", lambda _call, reply: reply.status >= 300),
    Rule(Ruling.FAIL, "gives an answer of another kind", lambda _call, reply: reply.status != 200),
    Rule(Ruling.WAIT, "answers with a page instead of data", lambda _call, reply: reply.is_html),
    Rule(
        Ruling.FAIL,
        "does not take the parameters (result 8)",
        lambda call, reply: call.is_service and reply.eresult == _BAD_PARAMETER,
    ),
    Rule(
        Ruling.FAIL,
        "denies it (result 15)",
        lambda call, reply: call.is_service and reply.eresult == DENIED,
    ),
    Rule(
        Ruling.WAIT,
        "reports trouble of its own",
        lambda call, reply: call.is_service and reply.eresult not in (None, _GOOD),
    ),
    Rule(
        Ruling.WAIT,
        "breaks off in the middle, or sends no data",
        lambda call, reply: content_of(call, reply) is None,
    ),
    Rule(Ruling.USE, "answers", lambda _call, _reply: True),
)


def _says_no_match(call: Call, reply: Reply) -> bool:
    """Return whether a method of players says that it does not know the app, rather than is gone itself."""
    content = content_of(call, reply)
    return content is not None and content.get("result") == _NO_MATCH


def judge(call: Call, reply: Reply) -> Rule:
    """Return the rule for an answer."""
    return next(rule for rule in RULES if rule.fits(call, reply))


def content_of(call: Call, reply: Reply) -> dict[str, Any] | None:
    """Return what an answer holds, without its envelope; None where that is no whole JSON object."""
    said = reply.json
    if isinstance(said, dict) and call.is_service:
        said = said.get("response")
    return said if isinstance(said, dict) else None

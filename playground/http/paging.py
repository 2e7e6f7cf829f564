"""Lists that a bot reads in parts: how many, and from where on."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from aiohttp import web

from playground.validation.problems import Problems, repeated, whole_number

T = TypeVar("T")


def page(
    request: web.Request,
    items: Sequence[T],
    key: Callable[[T], int],
    *,
    default: int,
    most: int,
    newest_first: bool = False,
) -> list[T]:
    """Return the part of a list that `limit`, `before`, `after` and `around` ask for.

    `items` are in the order of their keys. After an id come the first ones, before it the last ones; without
    either the list begins where it is read from.

    Raises:
        ApiError: 50035 for a parameter that is no number, or a limit out of range.
    """
    problems = Problems()
    limit = whole_number(problems, request.query, "limit", 1, most) or default
    before, after, around = (
        whole_number(problems, request.query, name) for name in ("before", "after", "around")
    )
    problems.raise_if_any()
    found = list(items)
    if around is not None:
        found = _around(found, key, around, limit)
    elif before is not None:
        # "Get Guild Bans": of both, only `before` is respected.
        found = [item for item in found if key(item) < before][-limit:]
    elif after is not None:
        found = [item for item in found if key(item) > after][:limit]
    else:
        found = found[-limit:] if newest_first else found[:limit]
    return found[::-1] if newest_first else found


def moment(problems: Problems, query: Mapping[str, str], name: str) -> datetime | None:
    """Return a moment that a query names in ISO 8601; None where it names none, or (reported) nonsense."""
    value = query.get(name)
    if value is None:
        return None
    try:
        # A plus sign that was not encoded arrives as a space.
        read = datetime.fromisoformat(value.replace(" ", "+"))
    except ValueError:
        problems.at(name).add(
            "DATE_TIME_TYPE_PARSE", f"Could not parse {repeated(value)}. Should be ISO8601."
        )
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def _around(items: list[T], key: Callable[[T], int], middle: int, limit: int) -> list[T]:
    older = [item for item in items if key(item) < middle]
    here = [item for item in items if key(item) == middle]
    newer = [item for item in items if key(item) > middle]
    # Half on each side; where one side has fewer the other is not made longer.
    half = limit // 2
    return [*older[max(0, len(older) - half) :], *here, *newer[: limit - half - len(here)]]

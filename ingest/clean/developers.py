"""Parting the developers that one text credits."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from ingest.clean.rows import CleanGame
from ingest.clean.text import clean_text
from ingest.parse.fields import UnusableValue, text
from store.names.firms import firm_key

# A game credits a dozen developers at most.
_LONGEST_CREDIT = 10_000
_LONGEST_NAME = 1_000
_LEGAL_FORM = re.compile(r"\W*(?:co|corp|inc|limited|llc|ltd)\W*", re.IGNORECASE)
_CREDIT_BREAK = re.compile(r",(?!\s)")
_BRACKET = re.compile(r"[(\[{]")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


def developers(value: object) -> tuple[str, ...]:
    """Return the developers that a game credits, each once, in the file's order.

    A comma parts two only if no space follows it, since `SmiteWorks USA, LLC` is one, and never in brackets.

    Raises:
        UnusableValue: If it is no text, or too long; names that are usable are `instead`.
    """
    credit = clean_text(text(value, _LONGEST_CREDIT))
    if credit and "," not in credit and len(credit) <= _LONGEST_NAME:  # nearly all are
        return (credit,)
    credited: list[list[str]] = []
    for part in _parts(credit):
        if credited and _LEGAL_FORM.fullmatch(part):
            credited[-1].append(part)  # "GCREST, Inc." is often written without the space
        elif name := part.strip():
            credited.append([name])
    names = [",".join(parts) for parts in credited]
    short = {firm_key(name): name for name in reversed(names) if len(name) <= _LONGEST_NAME}
    found = tuple(short.values())[::-1]
    if any(len(name) > _LONGEST_NAME for name in names):
        raise UnusableValue(f"longer than {_LONGEST_NAME:,} characters", instead=found)
    return found


def _parts(credit: str) -> Iterable[str]:
    return _outside_brackets(credit) if _BRACKET.search(credit) else _CREDIT_BREAK.split(credit)


def _outside_brackets(credit: str) -> Iterator[str]:
    bracketed = _brackets(credit)
    depth = start = 0
    for place, character in enumerate(credit):
        depth += bracketed.get(place, 0)
        if character == "," and not depth and not credit[place + 1 : place + 2].isspace():
            yield credit[start:place]
            start = place + 1
    yield credit[start:]


def _brackets(credit: str) -> dict[int, int]:
    """Return 1 at each bracket that is closed later, -1 at the one that closes it; others are no brackets."""
    steps: dict[int, int] = {}
    opened: list[int] = []
    for place, character in enumerate(credit):
        if character in _CLOSED_BY:
            opened.append(place)
        elif opened and character == _CLOSED_BY[credit[opened[-1]]]:
            steps[opened.pop()] = 1
            steps[place] = -1
    return steps


def unify_developers(games: Iterable[CleanGame]) -> list[CleanGame]:
    """Return the games with each developer in one spelling: the most frequent; of equals, the first."""
    games = list(games)
    key_of = cache(firm_key)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for game in games:
        for name in game.developers:
            spellings[key_of(name)][name] += 1
    usual = {
        key: min(counts, key=lambda name: (-counts[name], name))
        for key, counts in spellings.items()
        if len(counts) > 1
    }
    return [
        replace(game, developers=tuple(usual.get(key_of(name), name) for name in game.developers))
        if any(key_of(name) in usual for name in game.developers)
        else game
        for game in games
    ]

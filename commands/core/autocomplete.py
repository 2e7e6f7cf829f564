"""Suggestions while a person types a name."""

import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, TypeAlias

from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.context import Context
from commands.core.services import Interaction
from localization.markdown import ELLIPSIS, clean, length, shorten
from store import NotFound, queries
from store.models import NameKind
from store.results import Choice

log = logging.getLogger(__name__)

# Discord shows this many choices, with names and values of this many characters.
CHOICES = 25
CHARACTERS = 100

# A suggestion that comes later than this is of no use to the person.
_SECONDS = 2.0

Complete: TypeAlias = Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]


def names(kind: NameKind) -> Complete:
    """Return the autocompletion of an option that takes a name of `kind`.

    It never raises: a person who gets no suggestion can still type the name.
    """

    async def complete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        try:
            found = await _found(Context.of(interaction), kind, current)
        except Exception:
            log.exception("No suggestions for a %s", kind.name.lower())
            return []
        return choices(found)

    return complete


async def game_lists(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Complete the last of several games with commas between them. Never raises."""
    before, comma, last = current.rpartition(",")
    try:
        run = Context.of(interaction).services.query_runner.run
        complete = partial(queries.complete, kind=NameKind.GAME, text=last.strip(), limit=CHOICES)
        found = await run(complete, seconds=_SECONDS)
        if not comma:
            return choices(found)
        ids = await run(lambda session: _ids(session, before), seconds=_SECONDS)
    except Exception:
        log.exception("No suggestions for a list of games")
        return []
    return [
        app_commands.Choice(name=_ending(clean(before), choice.name), value=f"{ids}, {choice.value}")
        for choice in choices(found)
        if length(f"{ids}, {choice.value}") <= CHARACTERS
    ]


def _ids(session: Session, before: str) -> str:
    """Return the games of a list by their ids, which are short; as they are where one is not known."""
    try:
        return ", ".join(map(str, queries.games_named(session, before)))
    except NotFound:
        return before.strip()


def _ending(before: str, label: str) -> str:
    """Put a label at the end of a list, which is left out where it is too long."""
    whole = f"{before}, {label}"
    return whole if length(whole) <= CHARACTERS else shorten(f"{ELLIPSIS}, {label}", CHARACTERS)


def choices(found: Sequence[Choice]) -> list[app_commands.Choice[str]]:
    """Return the suggestions as Discord takes them; those that would look alike have a note at their end."""
    return [
        app_commands.Choice(name=clean(label), value=_value(choice))
        for label, choice in zip(_labels(found), found, strict=True)
    ][:CHOICES]


def _value(choice: Choice) -> str:
    return choice.value if length(choice.value) <= CHARACTERS else choice.short_value


def _labels(found: Sequence[Choice]) -> list[str]:
    labels = [shorten(choice.label, CHARACTERS) for choice in found]
    for note in range(max((len(choice.notes) for choice in found), default=0)):
        counts = Counter(labels)
        labels = [
            _with_note(choice.label, choice.notes[note])
            if counts[label] > 1 and any(choice.notes[note : note + 1])
            else label
            for choice, label in zip(found, labels, strict=True)
        ]
    return labels


def _with_note(label: str, note: str) -> str:
    end = f" ({note})"
    return shorten(label, CHARACTERS - length(end)) + end


async def _found(ctx: Context, kind: NameKind, current: str) -> tuple[Choice, ...]:
    run = ctx.services.query_runner.run
    if kind is not NameKind.PLAYER:
        query = partial(queries.complete, kind=kind, text=current, limit=CHOICES)
        return await run(query, seconds=_SECONDS)
    visibility = await ctx.asker.visibility()
    return await run(lambda session: visibility.complete(session, current, CHOICES), seconds=_SECONDS)

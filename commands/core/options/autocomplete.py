"""Suggestions while a person types a name."""

import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial, wraps
from typing import Any, TypeAlias

from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.cards.described import called
from commands.core.cards.games import notes_in_words
from commands.core.discord_limits import CHOICE_CHARACTERS, CHOICES
from commands.core.request.context import Context
from commands.core.services.services import Interaction
from localization.markdown import ELLIPSIS, clean, length, shorten
from localization.translations import Translations
from store import NotFound, StoreError, queries
from store.models import NameKind
from store.names import complete_descriptions, understand_descriptions
from store.results import Choice

log = logging.getLogger(__name__)

# A suggestion that comes later than this is of no use to the person.
_SECONDS = 2.0

Complete: TypeAlias = Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]


def _never_raising(what: str) -> Callable[[Complete], Complete]:
    """Have a completion suggest nothing where it fails: a person who gets no suggestion can still type."""

    def wrap(complete: Complete) -> Complete:
        @wraps(complete)
        async def suggest(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
            try:
                return await complete(interaction, current)
            except StoreError as error:
                log.warning("No suggestions for %s: %s", what, error)
            except Exception:
                log.exception("No suggestions for %s", what)
            return []

        return suggest

    return wrap


def names(kind: NameKind) -> Complete:
    """Return the completion of an option that takes a name of `kind`; `descriptions` is that of genres."""

    @_never_raising(f"a {kind.name.lower()}")
    async def complete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        ctx = Context.of(interaction)
        return choices(await _found(ctx, kind, current), ctx.translations)

    return complete


@_never_raising("a list of games")
async def game_lists(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Complete the last of several games with commas between them. Never raises."""
    before, _, last = current.rpartition(",")

    def find(session: Session) -> tuple[str, tuple[Choice, ...]]:
        return _ids(session, before), queries.complete(session, NameKind.GAME, last.strip(), CHOICES)

    ctx = Context.of(interaction)
    known, found = await ctx.services.query_runner.run(find, seconds=_SECONDS)
    return _endings(before, known, choices(found, ctx.translations))


@_never_raising("genres and tags")
async def descriptions(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Complete the last of several genres and tags, in the person's own language. Never raises."""
    before, _, last = current.rpartition(",")
    ctx = Context.of(interaction)
    several = await _in_a_row(ctx, last.strip())
    found = [*several, *await _described(ctx, last.strip())][:CHOICES]
    return _endings(before, before.strip(), found)


@_never_raising("a genre or tag")
async def one_description(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Complete a genre or tag, in the person's own language. Never raises."""
    return await _described(Context.of(interaction), current.strip())


async def _in_a_row(ctx: Context, current: str) -> list[app_commands.Choice[str]]:
    """Return the choice of all genres and tags that are said one after the other, where those are several."""

    def find(session: Session) -> tuple[str, ...]:
        try:
            return tuple(one.label for one in understand_descriptions(session, current))
        except NotFound:
            return ()

    labels = await ctx.services.query_runner.run(find, seconds=_SECONDS) if " " in current else ()
    if len(labels) <= 1:
        return []
    name = ", ".join(called(label, ctx.translations) for label in labels)
    return [app_commands.Choice(name=shorten(name, CHOICE_CHARACTERS), value=", ".join(labels))]


async def _described(ctx: Context, current: str) -> list[app_commands.Choice[str]]:
    def find(session: Session) -> tuple[Choice, ...]:
        return complete_descriptions(session, current, CHOICES)

    found = await ctx.services.query_runner.run(find, seconds=_SECONDS)
    return choices(in_words_of(found, ctx.translations), ctx.translations)


def in_words_of(found: Sequence[Choice], translations: Translations) -> tuple[Choice, ...]:
    """Return genres and tags by what the reader calls them."""
    return tuple(replace(choice, label=called(choice.label, translations)) for choice in found)


def _ids(session: Session, before: str) -> str:
    """Return the games of a list by their ids, which are short; as they are where one is not known."""
    try:
        return ", ".join(map(str, queries.games_named(session, before)))
    except NotFound:
        return before.strip()


def _endings(
    before: str, value_before: str, found: Sequence[app_commands.Choice[str]]
) -> list[app_commands.Choice[str]]:
    """Put each choice at the end of a list; what Discord would not take at all is not offered."""
    if not before.strip():
        return list(found)
    return [
        app_commands.Choice(name=_ending(clean(before), choice.name), value=f"{value_before}, {choice.value}")
        for choice in found
        if length(f"{value_before}, {choice.value}") <= CHOICE_CHARACTERS
    ]


def _ending(before: str, label: str) -> str:
    whole = f"{before}, {label}"
    return whole if length(whole) <= CHOICE_CHARACTERS else shorten(f"{ELLIPSIS}, {label}", CHOICE_CHARACTERS)


def choices(found: Sequence[Choice], translations: Translations) -> list[app_commands.Choice[str]]:
    """Return the suggestions as Discord takes them; those that would look alike have a note at their end."""
    return [
        app_commands.Choice(name=clean(label), value=_value(choice))
        for label, choice in zip(_labels(notes_in_words(found, translations)), found, strict=True)
    ][:CHOICES]


def _value(choice: Choice) -> str:
    return choice.value if length(choice.value) <= CHOICE_CHARACTERS else choice.short_value


def _labels(found: Sequence[Choice]) -> list[str]:
    labels = [shorten(choice.label, CHOICE_CHARACTERS) for choice in found]
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
    return shorten(label, CHOICE_CHARACTERS - length(end)) + end


async def _found(ctx: Context, kind: NameKind, current: str) -> tuple[Choice, ...]:
    run = ctx.services.query_runner.run
    if kind is not NameKind.PLAYER:
        query = partial(queries.complete, kind=kind, text=current, limit=CHOICES)
        return await run(query, seconds=_SECONDS)
    visibility = await ctx.asker.visibility()
    return await run(lambda session: visibility.complete(session, current, CHOICES), seconds=_SECONDS)

"""Suggestions while a person types a name."""

import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeAlias

from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.context import Context
from commands.core.services import Interaction
from localization.markdown import clean, length, shorten
from store import queries
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
        return [
            app_commands.Choice(name=shorten(clean(choice.label), CHARACTERS), value=choice.value)
            for choice in found
            if length(choice.value) <= CHARACTERS
        ][:CHOICES]

    return complete


async def _found(ctx: Context, kind: NameKind, current: str) -> tuple[Choice, ...]:
    run = ctx.services.query_runner.run
    if kind is not NameKind.PLAYER:
        query = partial(queries.complete, kind=kind, text=current, limit=CHOICES)
        return await run(query, seconds=_SECONDS)
    private = await ctx.asker.private_players()
    return await run(partial(_public_players, text=current, private=private), seconds=_SECONDS)


def _public_players(session: Session, text: str, private: frozenset[str]) -> tuple[Choice, ...]:
    """Complete a player's name, without those whom other people keep private."""
    found = queries.complete(session, NameKind.PLAYER, text, CHOICES + min(len(private), CHOICES))
    if not private:
        return found
    return tuple(choice for choice in found if queries.find_player(session, choice.value) not in private)

"""Suggestions while a person types a name."""

import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeAlias

from discord import app_commands

from commands.host import Interaction
from commands.text import clean, length, shorten
from store import queries
from store.models import NameKind

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
        ask = partial(queries.complete, kind=kind, text=current, limit=CHOICES)
        try:
            found = await interaction.client.services.questions.ask(ask, seconds=_SECONDS)
        except Exception:
            log.exception("No suggestions for a %s", kind.name.lower())
            return []
        return [
            app_commands.Choice(name=shorten(clean(choice.label), CHARACTERS), value=choice.value)
            for choice in found
            if length(choice.value) <= CHARACTERS
        ][:CHOICES]

    return complete

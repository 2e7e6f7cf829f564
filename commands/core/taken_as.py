"""Telling the person as what a name was taken that was only a part of one, or misspelt."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from sqlalchemy.orm import Session

from commands.core.card import Card
from localization.markdown import Markdown, bold, escape
from localization.translations import Translations
from store.models import NameKind
from store.names import understand

# A name of a kind as it was typed.
TypedName: TypeAlias = tuple[NameKind, str]


def guesses(session: Session, typed: Sequence[TypedName]) -> tuple[str, ...]:
    """Return the names of the things that were guessed at. Raises as `understand` does."""
    understood = (understand(session, kind, text) for kind, text in typed)
    return tuple(thing.label for thing in understood if thing.guessed and thing.label is not None)


def taken_as(labels: Sequence[str], translations: Translations) -> tuple[Markdown, ...]:
    """Return the line that tells of the guesses, if there were any."""
    if not labels:
        return ()
    names = translations.listing([bold(escape(label)) for label in labels])
    return (translations.gettext("Taken as {names}.", names=names),)


def with_guesses(card: Card, labels: Sequence[str], translations: Translations) -> Card:
    """Return the card with the line that tells of the guesses first."""
    return replace(card, lines=(*taken_as(labels, translations), *card.lines))

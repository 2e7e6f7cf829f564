"""What the names were taken for that a person typed, and telling of those that were only guessed at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self, TypeAlias

from sqlalchemy.orm import Session

from commands.core.replies.card import Card
from localization.markdown import Markdown, bold, escape_title
from localization.translations import Translations
from store.models import NameKind
from store.names import Understood, taken_for

# A name of a kind as it was typed.
TypedName: TypeAlias = tuple[NameKind, str]


@dataclass(frozen=True, slots=True)
class UnderstoodNames:
    """What typed names were taken for, with the kind of each."""

    things: tuple[tuple[NameKind, Understood], ...]

    @classmethod
    def of(cls, session: Session, typed: Sequence[TypedName]) -> Self:
        """Look the names up. Raises as `understand` does."""
        return cls(tuple((kind, taken_for(session, kind, text)) for kind, text in typed))

    @property
    def guesses(self) -> tuple[str, ...]:
        """The names of the things that were guessed at."""
        return tuple(thing.label for _, thing in self.things if thing.guessed and thing.label is not None)

    @property
    def games(self) -> tuple[int, ...]:
        """The app ids of the games among them."""
        return tuple(thing.id for kind, thing in self.things if kind is NameKind.GAME)


def taken_as(labels: Sequence[str], translations: Translations) -> tuple[Markdown, ...]:
    """Return the line about the guesses, if there were any."""
    if not labels:
        return ()
    names = translations.listing([bold(escape_title(label)) for label in labels])
    return (translations.gettext("Assuming you mean {names}.", names=names),)


def with_guesses(card: Card, labels: Sequence[str], translations: Translations) -> Card:
    """Return the card with the line about the guesses first."""
    told = taken_as(labels, translations)
    return replace(card, lines=(*told, Markdown(""), *card.lines)) if told else card

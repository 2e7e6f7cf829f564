"""What every answer is made of."""

import enum
from dataclasses import dataclass

from localization.markdown import Markdown


class Accent(enum.Enum):
    """What a reply is about, which its colour tells at a glance."""

    GAME = enum.auto()
    SUGGESTIONS = enum.auto()
    NUMBERS = enum.auto()
    PLAYER = enum.auto()
    BOT = enum.auto()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the store, by its address, and the words for those who cannot see it."""

    url: str
    description: Markdown


@dataclass(frozen=True, slots=True)
class Field:
    """A short part with a heading of its own; those that are `inline` may stand side by side."""

    name: Markdown
    value: Markdown
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An answer: a title, lines, rows, then fields; `notes` say in plain text what the figures mean.

    The rows are a list that may go on over several pages, each with all the rest. `url` is where the title
    leads. `image` is shown below, as wide as the reply, `thumbnail` small beside the title.
    """

    title: Markdown
    lines: tuple[Markdown, ...] = ()
    rows: tuple[Markdown, ...] = ()
    fields: tuple[Field, ...] = ()
    notes: tuple[str, ...] = ()
    url: str | None = None
    accent: Accent = Accent.NUMBERS
    image: Picture | None = None
    thumbnail: Picture | None = None

"""What every answer is made of."""

from dataclasses import dataclass

from localization.markdown import Markdown


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
    leads.
    """

    title: Markdown
    lines: tuple[Markdown, ...] = ()
    rows: tuple[Markdown, ...] = ()
    fields: tuple[Field, ...] = ()
    notes: tuple[str, ...] = ()
    url: str | None = None

"""The options by which a person says which games may be listed, as filters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from commands.core.cards.described import called
from commands.core.replies.deferral import run_or_defer
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from store.models import DeckRating
from store.names import Description, understand_descriptions
from store.queries import Filters, PlayMode

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """What was given for the options `FILTER_OPTIONS`, as Discord passes it."""

    genre: str | None = None
    without: str | None = None
    max_price: float | None = None
    free: bool = False
    since: int | None = None
    until: int | None = None
    finished: bool = False
    mode: str | None = None
    deck: str | None = None


async def read_filters(ctx: Context, options: FilterOptions) -> tuple[Filters, tuple[str, ...]]:
    """Return the filters that the options are, and what the genres and tags that were guessed at are called.

    Raises:
        NotFound: A genre or tag is unknown.
        CommandError: No year is in both limits.
    """
    if options.since is not None and options.until is not None and options.since > options.until:
        raise CommandError(
            ctx.translations.gettext(
                "No game was released in {since} or later and yet in {until} or earlier; swap the years.",
                since=ctx.translations.year(options.since),
                until=ctx.translations.year(options.until),
            )
        )
    genres, unwanted = _names(options.genre), _names(options.without)

    def find(session: Session) -> tuple[tuple[Description, ...], tuple[Description, ...]]:
        return (
            tuple(one for name in genres for one in understand_descriptions(session, name)),
            tuple(one for name in unwanted for one in understand_descriptions(session, name)),
        )

    wanted, without = await run_or_defer(ctx, find, ephemeral=False) if genres or unwanted else ((), ())
    filters = Filters(
        described=tuple(description.label for description in wanted),
        without=tuple(description.label for description in without),
        max_price=options.max_price,
        free_only=options.free,
        released_since=options.since,
        released_until=options.until,
        exclude_early_access=options.finished,
        play_mode=_if_given(PlayMode, options.mode),
        deck=_if_given(DeckRating, options.deck),
    )
    guessed = (description.label for description in (*wanted, *without) if description.guessed)
    return filters, tuple(called(label, ctx.translations) for label in guessed)


def _names(listed: str | None) -> tuple[str, ...]:
    """Return the names of a list with commas between them."""
    return () if listed is None else tuple(name for name in map(str.strip, listed.split(",")) if name)


def _if_given(convert: Callable[[str], Value], given: str | None) -> Value | None:
    return None if given is None else convert(given)

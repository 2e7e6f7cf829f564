"""The limits that the options of a command set."""

from sqlalchemy.orm import Session

from commands.core.context import Context
from commands.core.deferral import run_or_defer
from commands.suggestions.requests import Constraints
from store.names import Description, understand_description
from store.queries import Discovery, Filters


async def constraints_of(
    ctx: Context,
    *,
    genre: str | None,
    max_price: float | None,
    free: bool,
    since: int | None,
    finished: bool,
    discovery: str,
) -> tuple[Constraints, tuple[str, ...]]:
    """Return what `FILTER_OPTIONS` of a command say, and the genres and tags that were guessed at.

    Raises:
        NotFound: A genre or tag is unknown.
    """
    typed = () if genre is None else tuple(name for name in map(str.strip, genre.split(",")) if name)
    described = await _described(ctx, typed) if typed else ()
    filters = Filters(
        described=tuple(description.label for description in described),
        max_price=max_price,
        free_only=free,
        released_since=since,
        exclude_early_access=finished,
    )
    guessed = tuple(description.label for description in described if description.guessed)
    return Constraints(filters, Discovery(discovery)), guessed


async def _described(ctx: Context, typed: tuple[str, ...]) -> tuple[Description, ...]:
    def find(session: Session) -> tuple[Description, ...]:
        return tuple(understand_description(session, name) for name in typed)

    return await run_or_defer(ctx, find, ephemeral=False)

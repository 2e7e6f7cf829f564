"""`/top`."""

from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.access.permissions import heavy
from commands.core.options.autocomplete import descriptions
from commands.core.options.filter_options import FilterOptions, read_filters
from commands.core.options.options import DECK_RATINGS, FILTER_OPTIONS, MODES, MaxPrice, Year, example
from commands.core.replies.explanations import Topic
from commands.core.replies.taken_as import with_guesses
from commands.core.request.context import Context
from commands.core.respond import respond
from commands.core.services.services import Interaction
from commands.top.card import Listed, top_games
from store import queries
from store.catalogue.store_pages import store_pages
from store.results import TopBy

_EXPLAINED = {TopBy.RECOMMENDED: Topic.RECOMMENDED, TopBy.GEMS: Topic.GEMS}


@app_commands.command(
    description="Rank games by how loved, how little known or how much played they are",
    extras=example(by="Hidden gems", genre="Indie"),
)
@app_commands.describe(
    by="What the list goes by; recommendations if you do not say",
    year="Only games released that year",
    **FILTER_OPTIONS,
)
@app_commands.choices(
    by=[
        app_commands.Choice(name="Recommendations", value=TopBy.RECOMMENDED.value),
        app_commands.Choice(name="Hidden gems", value=TopBy.GEMS.value),
        app_commands.Choice(name="Hours played", value=TopBy.HOURS.value),
        app_commands.Choice(name="Owners", value=TopBy.OWNERS.value),
    ],
    mode=MODES,
    deck=DECK_RATINGS,
)
@app_commands.autocomplete(genre=descriptions, without=descriptions)
@heavy
async def top(  # noqa: PLR0917 - the options of the command, in the order in which Discord shows them
    interaction: Interaction,
    by: str = TopBy.RECOMMENDED.value,
    genre: str | None = None,
    year: Year | None = None,
    without: str | None = None,
    max_price: MaxPrice | None = None,
    free: bool = False,
    since: Year | None = None,
    until: Year | None = None,
    finished: bool = False,
    mode: str | None = None,
    deck: str | None = None,
) -> None:
    """Rank games."""
    ctx = Context.of(interaction)
    filters, guessed = await read_filters(
        ctx,
        FilterOptions(
            genre=genre,
            without=without,
            max_price=max_price,
            free=free,
            since=since,
            until=until,
            finished=finished,
            mode=mode,
            deck=deck,
        ),
    )
    await respond(
        ctx,
        lambda session: _listed(session, TopBy(by), year, filters),
        lambda found, translations: with_guesses(
            top_games(found, filters, translations), guessed, translations
        ),
        how=_EXPLAINED.get(TopBy(by)),
    )


def _listed(session: Session, by: TopBy, year: int | None, filters: queries.Filters) -> Listed:
    """Rank games; gems with Steam's own rating, by which they are ranked. Raises as `top_games`."""
    top = queries.top_games(session, by, year=year, filters=filters)
    gems = [entry.game.id for entry in top.games] if by is TopBy.GEMS else []
    return Listed(top, store_pages(session, gems))

"""`/developer` and `/best-developers`."""

from discord import app_commands

from commands.core.options.autocomplete import names
from commands.core.options.options import Year, example
from commands.core.replies.explanations import Topic
from commands.core.request.context import Context
from commands.core.respond import respond
from commands.core.services.services import Interaction
from commands.developers import card as cards
from commands.developers.chart import releases_by_year
from store import queries
from store.models import NameKind, YearBasis
from store.queries.developers import best_games
from store.queries.shares import developer_shares

# How many games stand for a developer.
_BEST_GAMES = 5


@app_commands.command(
    description="Show what a developer released each year, and how much of it is free",
    extras=example(name="Valve"),
)
@app_commands.describe(name="The developer's name")
@app_commands.autocomplete(name=names(NameKind.DEVELOPER))
async def developer(interaction: Interaction, name: str) -> None:
    """Show a developer's releases."""
    ctx = Context.of(interaction)
    await respond(
        ctx,
        lambda session: cards.DeveloperWithGames(
            queries.developer(session, name), best_games(session, name, _BEST_GAMES)
        ),
        cards.developer,
        chart=lambda _, found, translations: (
            releases_by_year(found.report, translations) if len(found.report.years) > 1 else None
        ),
        typed=[(NameKind.DEVELOPER, name)],
        how=Topic.RELEASES,
    )


@app_commands.command(
    name="best-developers",
    description="Rank the developers whose games were recommended most",
    extras=example(year="2014"),
)
@app_commands.describe(
    year="The year to rank",
    basis="What the year is of: the reviews (if you do not say), or the games",
)
@app_commands.choices(
    basis=[
        app_commands.Choice(name="Reviews posted that year", value=YearBasis.REVIEWED.value),
        app_commands.Choice(name="Games released that year", value=YearBasis.RELEASED.value),
    ]
)
async def best_developers(
    interaction: Interaction, year: Year, basis: str = YearBasis.REVIEWED.value
) -> None:
    """Rank developers of a year."""
    ctx = Context.of(interaction)
    chosen = YearBasis(basis)
    await respond(
        ctx,
        lambda session: cards.BestDevelopers(
            developer_shares(session, year, chosen), queries.best_developer_year(session, year, chosen)
        ),
        lambda found, translations: cards.best_developers(found, year, chosen, translations),
        how=Topic.SHARES,
    )

"""`/top`."""

from discord import app_commands

from commands.core.autocomplete import names
from commands.core.context import Context
from commands.core.explanations import Topic
from commands.core.options import Year, example
from commands.core.permissions import heavy
from commands.core.respond import respond
from commands.core.services import Interaction
from commands.top.card import top_games
from store import queries
from store.models import NameKind
from store.results import TopBy

_EXPLAINED = {TopBy.RECOMMENDED: Topic.RECOMMENDED, TopBy.GEMS: Topic.GEMS}


@app_commands.command(
    description="Rank games by how loved, how little known or how much played they are",
    extras=example(by="Hidden gems", genre="Indie"),
)
@app_commands.describe(
    by="What the list goes by; recommendations if you do not say",
    genre="Only games of this genre",
    year="Only games released that year",
)
@app_commands.choices(
    by=[
        app_commands.Choice(name="Recommendations", value=TopBy.RECOMMENDED.value),
        app_commands.Choice(name="Hidden gems", value=TopBy.GEMS.value),
        app_commands.Choice(name="Hours played", value=TopBy.HOURS.value),
        app_commands.Choice(name="Owners", value=TopBy.OWNERS.value),
    ]
)
@app_commands.autocomplete(genre=names(NameKind.GENRE))
@heavy
async def top(
    interaction: Interaction,
    by: str = TopBy.RECOMMENDED.value,
    genre: str | None = None,
    year: Year | None = None,
) -> None:
    """Rank games."""
    ctx = Context.of(interaction)
    await respond(
        ctx,
        lambda session: queries.top_games(session, by, genre=genre, year=year),
        top_games,
        typed=[] if genre is None else [(NameKind.GENRE, genre)],
        how=_EXPLAINED.get(TopBy(by)),
    )

"""`/genre`."""

from discord import app_commands
from sqlalchemy.orm import Session

from charts.specs import Spec
from commands.core.autocomplete import names
from commands.core.card import Card
from commands.core.context import Context
from commands.core.explanations import Topic
from commands.core.options import example
from commands.core.respond import respond
from commands.core.services import Interaction
from commands.genres import card as cards
from commands.genres.card import GenreFacts
from commands.genres.chart import hours_by_release_year
from localization.translations import Translations
from store import queries
from store.models import NameKind
from store.results import TopBy

# How many games stand for a genre.
_BEST_GAMES = 5


@app_commands.command(
    description="Show the best games of a genre, and what is played most of it", extras=example(name="Action")
)
@app_commands.describe(name="The genre's name")
@app_commands.autocomplete(name=names(NameKind.GENRE))
async def genre(interaction: Interaction, name: str) -> None:
    """Show a genre's champion and years."""
    ctx = Context.of(interaction)

    # The reply is for everybody, so it names nobody who keeps private, not even to that person.
    visibility = await ctx.services.user_data.visibility()

    def query(session: Session) -> GenreFacts:
        return GenreFacts(
            champion=queries.user_for_genre(session, name),
            top=queries.play_time_genre(session, name),
            best=queries.top_games(session, TopBy.RECOMMENDED, genre=name, limit=_BEST_GAMES).games,
        )

    def show(found: GenreFacts, translations: Translations) -> Card:
        return cards.genre(found, translations, visibility=visibility)

    def chart(session: Session, found: GenreFacts, translations: Translations) -> Spec | None:
        hours = queries.genre_hours(session, found.champion.genre)
        return hours_by_release_year(hours, translations) if len(hours.by_release_year) > 1 else None

    await respond(
        ctx,
        query,
        show,
        chart=chart,
        typed=[(NameKind.GENRE, name)],
        how=Topic.GENRE,
        players=lambda found: [] if visibility.hides(found.champion.user_id) else [found.champion.user_id],
    )

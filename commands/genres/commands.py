"""`/genre`."""

from discord import app_commands
from sqlalchemy.orm import Session

from charts.specs import Spec
from commands.core.autocomplete import names
from commands.core.card import Card
from commands.core.context import Context
from commands.core.options import example
from commands.core.respond import respond
from commands.core.services import Interaction
from commands.genres import card as cards
from commands.genres.chart import hours_by_release_year
from localization.translations import Translations
from store import queries
from store.models import NameKind
from store.results import GenreChampion, GenreTopYear


@app_commands.command(
    description="Show who plays a genre most, and the games of which year", extras=example(name="Action")
)
@app_commands.describe(name="The genre's name")
@app_commands.autocomplete(name=names(NameKind.GENRE))
async def genre(interaction: Interaction, name: str) -> None:
    """Show a genre's champion and years."""
    ctx = Context.of(interaction)

    # The reply is for everybody, so it names nobody who keeps private, not even to that person.
    visibility = await ctx.services.user_data.visibility()

    def query(session: Session) -> tuple[GenreChampion, GenreTopYear]:
        return queries.user_for_genre(session, name), queries.play_time_genre(session, name)

    def show(found: tuple[GenreChampion, GenreTopYear], translations: Translations) -> Card:
        champion, top = found
        return cards.genre(champion, top, translations, visibility=visibility)

    def chart(
        session: Session, found: tuple[GenreChampion, GenreTopYear], translations: Translations
    ) -> Spec | None:
        hours = queries.genre_hours(session, found[0].genre)
        return hours_by_release_year(hours, translations) if len(hours.by_release_year) > 1 else None

    await respond(
        ctx,
        query,
        show,
        chart=chart,
        typed=[(NameKind.GENRE, name)],
        players=lambda found: [] if visibility.hides(found[0].user_id) else [found[0].user_id],
    )

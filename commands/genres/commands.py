"""`/genre`."""

from discord import app_commands
from sqlalchemy.orm import Session

from charts.specs import Spec
from commands.core.cards.described import called
from commands.core.options.autocomplete import one_description
from commands.core.options.options import example
from commands.core.replies.card import Card
from commands.core.replies.explanations import Topic
from commands.core.replies.taken_as import with_guesses
from commands.core.request.context import Context
from commands.core.respond import respond
from commands.core.services.services import Interaction
from commands.genres import card as cards
from commands.genres.card import GenreFacts, Played
from commands.genres.chart import hours_by_release_year
from localization.translations import Translations
from store import queries
from store.models import NameKind
from store.names import Description, understand_description
from store.queries import Filters
from store.results import TopBy, TopGame

# How many games stand for a genre.
_BEST_GAMES = 5


@app_commands.command(
    description="Show the best games of a genre, and what is played most of it", extras=example(name="Action")
)
@app_commands.describe(name="A genre, tag or way to play")
@app_commands.autocomplete(name=one_description)
async def genre(interaction: Interaction, name: str) -> None:
    """Show a genre's champion and years, or the games with a tag."""
    ctx = Context.of(interaction)

    # The reply is for everybody, so it names nobody who keeps private, not even to that person.
    visibility = await ctx.services.user_data.visibility()

    def query(session: Session) -> GenreFacts:
        return _facts(session, understand_description(session, name))

    def show(found: GenreFacts, translations: Translations) -> Card:
        card = cards.genre(found, translations, visibility=visibility)
        return with_guesses(card, [called(found.genre, translations)] if found.guessed else [], translations)

    def chart(session: Session, found: GenreFacts, translations: Translations) -> Spec | None:
        if found.played is None:
            return None
        hours = queries.genre_hours(session, found.genre)
        return hours_by_release_year(hours, translations) if len(hours.by_release_year) > 1 else None

    def players(found: GenreFacts) -> list[str]:
        champion = None if found.played is None else found.played.champion.user_id
        return [] if champion is None or visibility.hides(champion) else [champion]

    await respond(ctx, query, show, chart=chart, how=Topic.GENRE, players=players)


def _facts(session: Session, asked: Description) -> GenreFacts:
    filters = Filters(described=(asked.label,))

    def top(by: TopBy) -> tuple[TopGame, ...]:
        return queries.top_games(session, by, filters=filters, limit=_BEST_GAMES).games

    best = top(TopBy.RECOMMENDED)
    if asked.kind is NameKind.TAG:
        return GenreFacts(asked.label, asked.guessed, best, most_played=top(TopBy.HOURS))
    played = Played(
        champion=queries.user_for_genre(session, asked.label),
        top=queries.play_time_genre(session, asked.label),
    )
    return GenreFacts(asked.label, asked.guessed, best, played=played)

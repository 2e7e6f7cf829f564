"""`/reviews` and `/year`."""

import enum

from discord import app_commands
from sqlalchemy.orm import Session

from charts.specs import Spec
from commands.core.options.autocomplete import names
from commands.core.options.options import Year, example
from commands.core.replies.explanations import Topic
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.respond import respond
from commands.core.services.services import Interaction
from commands.reviews.card import ReviewCounts, sentiment, with_words
from commands.reviews.chart import sentiment_by_year, word_cloud
from commands.reviews.words import WordsOfReviews, words_of
from commands.reviews.year_card import YearOfReviews, year_card
from localization.translations import Translations
from store import queries
from store.models import NameKind
from store.queries.developers import recommended_of_developer
from store.queries.sentiment import texts_of_all
from store.queries.shares import developer_shares, game_shares
from store.results import RecommendedShare

# How many reviews of all games, and how much of each, tell which words are usual.
_OTHER_TEXTS = 500
_OTHER_CHARACTERS = 600


class ReviewsChart(enum.StrEnum):
    """What the chart shows of reviews."""

    TONE = "tone"
    WORDS = "words"


@app_commands.command(
    description="Count the reviews of a developer, a game or a year by their tone",
    extras=example(developer="Valve"),
)
@app_commands.describe(
    developer="All games of this developer",
    game="One game, by title or Steam app id",
    year="All reviews posted that year",
    show="What the picture shows; the tone by year if you do not say",
)
@app_commands.choices(
    show=[
        app_commands.Choice(name="The tone by year", value=ReviewsChart.TONE.value),
        app_commands.Choice(name="The words they use", value=ReviewsChart.WORDS.value),
    ]
)
@app_commands.autocomplete(developer=names(NameKind.DEVELOPER), game=names(NameKind.GAME))
async def reviews(
    interaction: Interaction,
    developer: str | None = None,
    game: str | None = None,
    year: Year | None = None,
    show: str = ReviewsChart.TONE.value,
) -> None:
    """Count reviews by tone, and show how it changed or which words they use."""
    ctx = Context.of(interaction)
    if sum(option is not None for option in (developer, game, year)) != 1:
        raise CommandError(ctx.translations.gettext("Give exactly one of developer, game and year."))

    subjects = ((NameKind.DEVELOPER, developer), (NameKind.GAME, game))
    typed = [(kind, name) for kind, name in subjects if name is not None]

    def count(session: Session) -> ReviewCounts:
        if developer is not None:
            tone = queries.developer_reviews_analysis(session, developer)
            return ReviewCounts(tone, recommended_of_developer(session, developer))
        if game is not None:
            card = queries.game(session, game, similar=0)
            return ReviewCounts(card.reviews, RecommendedShare(card.decided, card.recommended))
        assert year is not None
        return ReviewCounts(queries.sentiment_analysis(session, year))

    def by_year(session: Session, _: ReviewCounts, translations: Translations) -> Spec | None:
        found = queries.sentiment_over_time(session, developer=developer, game=game)
        return sentiment_by_year(found, translations) if len(found.years) > 1 else None

    if ReviewsChart(show) is ReviewsChart.TONE:
        await respond(ctx, count, sentiment, chart=by_year, typed=typed, how=Topic.TONE)
        return
    if year is not None:
        raise CommandError(
            ctx.translations.gettext("Words can be shown for a developer or a game, not for a year.")
        )

    def read(session: Session) -> tuple[ReviewCounts, WordsOfReviews]:
        texts = queries.review_texts(session, developer=developer, game=game)
        return count(session), words_of(texts, texts_of_all(session, _OTHER_TEXTS, _OTHER_CHARACTERS))

    await respond(
        ctx,
        read,
        lambda found, translations: with_words(sentiment(found[0], translations), found[1], translations),
        chart=lambda _, found, translations: word_cloud(found[1], translations),
        typed=typed,
        how=Topic.WORDS,
    )


@app_commands.command(
    description="Show the games and developers that the reviews of a year praise and pan",
    extras=example(year="2014"),
)
@app_commands.describe(year="The year the reviews were posted in")
async def year(interaction: Interaction, year: Year) -> None:
    """Show a year of reviews."""
    ctx = Context.of(interaction)

    def query(session: Session) -> YearOfReviews:
        return YearOfReviews(
            year=year,
            tone=queries.sentiment_analysis(session, year),
            games=game_shares(session, year),
            developers=developer_shares(session, year),
            most_recommended=queries.users_recommend(session, year),
            least_recommended=queries.users_not_recommend(session, year),
            worst_developers=queries.users_worst_developer(session, year),
        )

    await respond(ctx, query, year_card, how=Topic.SHARES)

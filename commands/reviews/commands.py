"""`/reviews` and `/year`."""

import enum
from dataclasses import dataclass

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
    subject = _Subject(developer, game, year)
    if ReviewsChart(show) is ReviewsChart.TONE:
        await respond(
            ctx, subject.count, sentiment, chart=subject.by_year, typed=subject.typed, how=Topic.TONE
        )
        return
    if year is not None:
        raise CommandError(
            ctx.translations.gettext("Words can be shown for a developer or a game, not for a year.")
        )
    await respond(
        ctx,
        subject.read,
        lambda found, translations: with_words(sentiment(found[0], translations), found[1], translations),
        chart=lambda _, found, translations: word_cloud(found[1], translations),
        typed=subject.typed,
        how=Topic.WORDS,
    )


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose reviews are asked about: just one of the three is given."""

    developer: str | None
    game: str | None
    year: int | None

    @property
    def typed(self) -> list[tuple[NameKind, str]]:
        """The name as it was typed, and what it is of."""
        subjects = ((NameKind.DEVELOPER, self.developer), (NameKind.GAME, self.game))
        return [(kind, name) for kind, name in subjects if name is not None]

    def count(self, session: Session) -> ReviewCounts:
        """Count the reviews by tone, and how many recommend."""
        if self.developer is not None:
            tone = queries.developer_reviews_analysis(session, self.developer)
            return ReviewCounts(tone, recommended_of_developer(session, self.developer))
        if self.game is not None:
            card = queries.game(session, self.game, similar=0)
            return ReviewCounts(card.reviews, RecommendedShare(card.decided, card.recommended))
        assert self.year is not None
        return ReviewCounts(queries.sentiment_analysis(session, self.year))

    def by_year(self, session: Session, _: ReviewCounts, translations: Translations) -> Spec | None:
        """Return the chart of the tone by year, where there are several years."""
        found = queries.sentiment_over_time(session, developer=self.developer, game=self.game)
        return sentiment_by_year(found, translations) if len(found.years) > 1 else None

    def read(self, session: Session) -> tuple[ReviewCounts, WordsOfReviews]:
        """Count the reviews, and find the words that are more frequent in them than in others."""
        texts = queries.review_texts(session, developer=self.developer, game=self.game)
        others = texts_of_all(session, _OTHER_TEXTS, _OTHER_CHARACTERS)
        return self.count(session), words_of(texts, others)


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

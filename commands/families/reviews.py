"""`/reviews` and `/year`."""

from discord import app_commands
from sqlalchemy.orm import Session

from commands.answering import Refusal, answer
from commands.autocomplete import names
from commands.cards.reviews import sentiment
from commands.cards.years import YearOfReviews, year_card
from commands.host import Interaction, texts_for
from commands.options import Year, example
from store import queries
from store.models import NameKind
from store.results import SentimentCounts


@app_commands.command(
    description="Count the reviews of a developer, a game or a year by their tone",
    extras=example(developer="Valve"),
)
@app_commands.describe(
    developer="All games of this developer",
    game="One game, by title or Steam app id",
    year="All reviews posted that year",
)
@app_commands.autocomplete(developer=names(NameKind.DEVELOPER), game=names(NameKind.GAME))
async def reviews(
    interaction: Interaction,
    developer: str | None = None,
    game: str | None = None,
    year: Year | None = None,
) -> None:
    """Count reviews by tone."""
    if sum(option is not None for option in (developer, game, year)) != 1:
        raise Refusal(texts_for(interaction).gettext("Give one of developer, game and year."))

    def query(session: Session) -> SentimentCounts:
        if developer is not None:
            return queries.developer_reviews_analysis(session, developer)
        if game is not None:
            return queries.game(session, game).reviews
        assert year is not None
        return queries.sentiment_analysis(session, year)

    await answer(interaction, query, sentiment)


@app_commands.command(
    description="Show the games and developers that the reviews of a year praise and pan",
    extras=example(year="2014"),
)
@app_commands.describe(year="The year the reviews were posted in")
async def year(interaction: Interaction, year: Year) -> None:
    """Show a year of reviews."""

    def query(session: Session) -> YearOfReviews:
        return YearOfReviews(
            year=year,
            tone=queries.sentiment_analysis(session, year),
            most_recommended=queries.users_recommend(session, year),
            least_recommended=queries.users_not_recommend(session, year),
            worst_developers=queries.users_worst_developer(session, year),
        )

    await answer(interaction, query, year_card)

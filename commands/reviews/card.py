"""Cards about reviews."""

from dataclasses import replace

from commands.core.card import Card, Field
from commands.core.counts import reviews
from commands.reviews.words import WordsOfReviews, in_words, reviews_read
from localization.markdown import Markdown, escape
from localization.translations import Texts
from store.results import SentimentCounts


def sentiment(counts: SentimentCounts, texts: Texts) -> Card:
    """The reviews of a developer, a game or a year by the tone of their text."""
    if isinstance(counts.subject, int):
        title = texts.gettext("Reviews posted in {year}", year=texts.year(counts.subject))
    else:
        title = texts.gettext("Reviews of {name}", name=escape(counts.subject))
    return Card(
        title=title,
        lines=(reviews(counts.total, texts),),
        fields=sentiment_fields(counts, texts),
        notes=(texts.gettext("Tone by VADER, a lexicon of English; reviews without text are neutral"),),
    )


def with_words(card: Card, found: WordsOfReviews, texts: Texts) -> Card:
    """Add the words that most reviews use."""
    used = in_words(found, texts) or texts.gettext("none that says something")
    return replace(
        card,
        fields=(*card.fields, Field(texts.gettext("Words used most"), used)),
        notes=(
            *card.notes,
            texts.gettext("Words by how many of {reviews} use them", reviews=reviews_read(found, texts)),
        ),
    )


def tone(counts: SentimentCounts, texts: Texts) -> Markdown:
    """One line: how many reviews are positive, neutral and negative in tone."""
    return texts.gettext(
        "{positive} positive, {neutral} neutral, {negative} negative in tone",
        positive=texts.number(counts.positive),
        neutral=texts.number(counts.neutral),
        negative=texts.number(counts.negative),
    )


def sentiment_fields(counts: SentimentCounts, texts: Texts) -> tuple[Field, ...]:
    """A field for each tone: how many, and their share."""
    parts = (
        (texts.gettext("Positive"), counts.positive),
        (texts.gettext("Neutral"), counts.neutral),
        (texts.gettext("Negative"), counts.negative),
    )
    return tuple(Field(name, _share(count, counts.total, texts), inline=True) for name, count in parts)


def _share(count: int, total: int, texts: Texts) -> Markdown:
    if not total:
        return texts.number(count)
    return texts.gettext(
        "{count} ({percent})", count=texts.number(count), percent=texts.percent(100 * count / total)
    )

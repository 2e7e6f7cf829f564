"""Cards about reviews."""

from dataclasses import replace

from commands.core.card import Card, Field
from commands.core.counts import date_notes, reviews, unjudged_notes
from commands.reviews.words import WordsOfReviews, in_words, reviews_read
from localization.markdown import Markdown, escape
from localization.translations import Translations
from store.results import SentimentCounts


def sentiment(counts: SentimentCounts, translations: Translations) -> Card:
    """The reviews of a developer, a game or a year by the tone of their text."""
    if isinstance(counts.subject, int):
        title = translations.gettext("Reviews posted in {year}", year=translations.year(counts.subject))
    else:
        title = translations.gettext("Reviews of {name}", name=escape(counts.subject))
    return Card(
        title=title,
        lines=(reviews(counts.total, translations),),
        fields=sentiment_fields(counts, translations),
        notes=(
            translations.gettext("Tone by VADER, a lexicon of English; reviews without text are neutral"),
            *unjudged_notes(counts, translations),
            *(date_notes(counts.dates, translations) if isinstance(counts.subject, int) else ()),
        ),
    )


def with_words(card: Card, found: WordsOfReviews, translations: Translations) -> Card:
    """Add the words that most reviews use."""
    nothing = (
        translations.gettext("none that says something")
        if found.texts
        else translations.gettext("none, as no review has a text")
    )
    used = in_words(found, translations) or nothing
    return replace(
        card,
        fields=(*card.fields, Field(translations.gettext("Words used most"), used)),
        notes=(
            *card.notes,
            translations.gettext(
                "Words by how many of {reviews} use them", reviews=reviews_read(found, translations)
            ),
        ),
    )


def sentiment_fields(counts: SentimentCounts, translations: Translations) -> tuple[Field, ...]:
    """A field for each tone: how many, and their share."""
    parts = (
        (translations.gettext("Positive"), counts.judged.positive),
        (translations.gettext("Neutral"), counts.judged.neutral),
        (translations.gettext("Negative"), counts.judged.negative),
    )
    total = counts.judged.total
    return tuple(Field(name, _share(count, total, translations), inline=True) for name, count in parts)


def _share(count: int, total: int, translations: Translations) -> Markdown:
    if not total:
        return translations.number(count)
    return translations.gettext(
        "{count} ({percent})",
        count=translations.number(count),
        percent=translations.percent(100 * count / total),
    )

"""Cards about reviews."""

from dataclasses import dataclass, replace

from commands.core.cards.counts import (
    date_notes,
    recommended_in,
    reviews,
    share_of_reviews,
    unjudged_notes,
)
from commands.core.replies.card import Card, Field
from commands.reviews.words import WordsOfReviews, in_words, reviews_read
from localization.markdown import Markdown, escape_title
from localization.translations import Translations
from store.results import RecommendedShare, SentimentCounts


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """Reviews by tone, and how many recommend the game or games; None where that is not counted."""

    tone: SentimentCounts
    recommended: RecommendedShare | None = None


def sentiment(found: ReviewCounts, translations: Translations) -> Card:
    """Show the reviews of a developer, a game or a year: how many recommend, then the tone of their text."""
    counts = found.tone
    if isinstance(counts.subject, int):
        title = translations.gettext("Reviews posted in {year}", year=translations.year(counts.subject))
    else:
        title = translations.gettext("Reviews of {name}", name=escape_title(counts.subject))
    return Card(
        title=title,
        lines=(_recommended(found, translations),),
        fields=sentiment_fields(counts, translations) if counts.total else (),
        notes=(
            *unjudged_notes(counts, translations),
            *(date_notes(counts.dates, translations) if isinstance(counts.subject, int) else ()),
        ),
    )


def _recommended(found: ReviewCounts, translations: Translations) -> Markdown:
    share = found.recommended
    if not found.tone.total:
        return translations.gettext("No review in these data.")
    if share is None or not share.reviews:
        return reviews(found.tone.total, translations)
    return recommended_in(share.recommended, share.reviews, translations, is_bold=True)


def with_words(card: Card, found: WordsOfReviews, translations: Translations) -> Card:
    """Add the words that set the reviews apart, if there are any reviews."""
    if not card.fields:
        return card
    nothing = (
        translations.gettext("none that says something")
        if found.texts
        else translations.gettext("none, as no review has a text")
    )
    used = in_words(found, translations) or nothing
    return replace(
        card,
        fields=(*card.fields, Field(translations.gettext("Words that set them apart"), used)),
        notes=(*card.notes, translations.gettext("Of {reviews}", reviews=reviews_read(found, translations))),
    )


def sentiment_fields(counts: SentimentCounts, translations: Translations) -> tuple[Field, ...]:
    """Return a field for each tone: how many, and their share where the reviews are not too few for one."""
    parts = (
        (translations.gettext("Positive tone"), counts.judged.positive),
        (translations.gettext("Neutral tone"), counts.judged.neutral),
        (translations.gettext("Negative tone"), counts.judged.negative),
    )
    total = counts.judged.total
    return tuple(Field(name, _share(count, total, translations), inline=True) for name, count in parts)


def _share(count: int, total: int, translations: Translations) -> Markdown:
    percent = share_of_reviews(count, total, translations)
    if not percent:
        return translations.number(count)
    return translations.gettext("{count} ({percent})", count=translations.number(count), percent=percent)

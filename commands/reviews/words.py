"""The words that reviews use."""

from dataclasses import dataclass

from charts.frequent_words import frequent_words
from localization.markdown import Markdown, join
from localization.translations import Translations
from store.queries.sentiment import MOST_TEXTS
from store.results import ReviewTexts


@dataclass(frozen=True, slots=True)
class WordsOfReviews:
    """The words that most of `texts` reviews of `subject`, of `total` with a text, use; most used first."""

    subject: str
    texts: int
    total: int
    words: tuple[tuple[str, int], ...]


def words_of(found: ReviewTexts, *, most: int = 60) -> WordsOfReviews:
    """Return the `most` words that most of the texts use, with how many use each."""
    # Fewer texts than were asked for are all there are: the other reviews have none.
    total = found.total if len(found.texts) >= MOST_TEXTS else len(found.texts)
    words = frequent_words(found.texts, most=most)
    return WordsOfReviews(found.subject, len(found.texts), total, tuple(words))


def in_words(found: WordsOfReviews, translations: Translations, *, most: int = 10) -> Markdown:
    """Write the words used most, with how many reviews use each: 'fun (12), hats (3)'."""
    used = [Markdown(f"{word} ({translations.number(count)})") for word, count in found.words[:most]]
    return join(used, ", ")


def reviews_read(found: WordsOfReviews, translations: Translations) -> Markdown:
    """Say which the words are of: '12 reviews with a text', 'the 1,000 most helpful of 9,586 reviews'."""
    if found.texts == found.total:
        return translations.ngettext("{count} review with a text", "{count} reviews with a text", found.texts)
    return translations.gettext(
        "the {count} most helpful of {total} reviews",
        count=translations.number(found.texts),
        total=translations.number(found.total),
    )

"""The words that reviews use."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from charts.frequent_words import frequent_words
from localization.markdown import NO_BREAK_SPACE, Markdown, join
from localization.translations import Translations
from store.queries.sentiment import MOST_TEXTS
from store.results import ReviewTexts

# More words than any list of texts has.
_ALL = 10**9


@dataclass(frozen=True, slots=True)
class WordsOfReviews:
    """The most distinctive words of `texts` reviews of `subject`, of `total` with a text, best first.

    Each is with how many of the texts use it.
    """

    subject: str
    texts: int
    total: int
    words: tuple[tuple[str, int], ...]


def words_of(found: ReviewTexts, elsewhere: Sequence[str] = (), *, most: int = 60) -> WordsOfReviews:
    """Return the `most` words that set the texts apart from those of `elsewhere`.

    A word counts by the share of texts that use it, times the logarithm of how much larger that is than
    elsewhere (TF-IDF, with texts for terms; Salton and Buckley 1988). One that but a single text uses, of
    several, says something only of its writer.
    """
    # Fewer texts than were asked for are all there are: the other reviews have none.
    total = found.total if len(found.texts) >= MOST_TEXTS else len(found.texts)
    used = frequent_words(found.texts, most=_ALL)
    usual = dict(frequent_words(elsewhere, most=_ALL))
    fewest = min(2, max((count for _, count in used), default=0))

    def distinctiveness(entry: tuple[str, int]) -> float:
        word, count = entry
        here = count / len(found.texts)
        there = (usual.get(word, 0) + 1) / (len(elsewhere) + 1)
        return here * log(here / there)

    if elsewhere:
        distinctive = [entry for entry in used if entry[1] >= fewest and distinctiveness(entry) > 0]
        used = sorted(distinctive, key=distinctiveness, reverse=True)
    return WordsOfReviews(found.subject, len(found.texts), total, tuple(used[:most]))


def in_words(found: WordsOfReviews, translations: Translations, *, most: int = 10) -> Markdown:
    """Write the words used most, with how many reviews use each: 'fun (12), hats (3)'."""
    used = [
        Markdown(f"{word}{NO_BREAK_SPACE}({translations.number(count)})")
        for word, count in found.words[:most]
    ]
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

"""Charts about reviews."""

from collections.abc import Sequence

from charts.axes import fill_year_gaps, label_ticks, round_ticks, year_label
from charts.labels import alt, filename, plain
from charts.specs import BarChart, ColourRole, Series, Word, WordCloud
from commands.core.cards.counts import allows_share, share_of_reviews
from commands.reviews.words import WordsOfReviews, in_words, reviews_read
from localization.markdown import Markdown, join
from localization.translations import Translations
from store.results import SentimentCounts, SentimentOverTime

# The fewest between which something can change.
_TWO_YEARS = 2


def sentiment_by_year(found: SentimentOverTime, translations: Translations) -> BarChart:
    """Show reviews by the year posted, stacked by sentiment, the positive share above each bar.

    There must be a year at least. Above few reviews there is no share.
    """
    counts: dict[int | None, tuple[int, int, int]] = {
        int(year.subject): (year.judged.negative, year.judged.neutral, year.judged.positive)
        for year in found.years
    }
    years = fill_year_gaps(counts.items(), (0, 0, 0))
    negative, neutral, positive = (sum(part) for part in zip(*counts.values(), strict=True))
    total = negative + neutral + positive
    title = (
        translations.gettext("Reviews of all games by year and tone")
        if found.subject is None
        else translations.gettext("{name}: reviews by year and tone", name=plain(found.subject))
    )
    percent = share_of_reviews(positive, total, translations)
    share = translations.gettext("{percent} positive", percent=percent) if percent else Markdown("")
    reviews = translations.ngettext("{count} review", "{count} reviews", total)
    inferred = {year.subject for year in found.years if year.inferred}
    marked = translations.gettext("* year partly inferred") if inferred else Markdown("")
    return BarChart(
        title=title,
        subtitle=join([reviews, share, marked]),
        alt=alt(
            translations.gettext(
                "Bar chart: {title}. {reviews}: {positive} positive, {neutral} neutral, {negative} negative.",
                title=title,
                reviews=reviews,
                positive=translations.number(positive),
                neutral=translations.number(neutral),
                negative=translations.number(negative),
            ),
            _first_and_last(found, translations),
        ),
        filename=filename("sentiment", found.subject or "all"),
        labels=tuple(year_label(year) + ("*" if year in inferred else "") for year, _ in years),
        series=_stacked([year for _, year in years], translations),
        ticks=label_ticks(round_ticks(max(map(sum, counts.values())), whole=True), translations),
        bar_labels=tuple(share_of_reviews(year[2], sum(year), translations) for _, year in years),
    )


def _stacked(years: Sequence[tuple[int, int, int]], translations: Translations) -> tuple[Series, ...]:
    """Return the series of a bar, from below upwards; of each year the negative, neutral and positive."""
    return (
        Series(
            translations.gettext("Positive"), tuple(positive for _, _, positive in years), ColourRole.POSITIVE
        ),
        Series(
            translations.gettext("Neutral"), tuple(neutral for _, neutral, _ in years), ColourRole.NEUTRAL
        ),
        Series(
            translations.gettext("Negative"), tuple(negative for negative, _, _ in years), ColourRole.NEGATIVE
        ),
    )


def _first_and_last(found: SentimentOverTime, translations: Translations) -> str:
    """Say how the positive share changed; nothing where two years do not have enough reviews for one."""
    rated = [year for year in found.years if allows_share(year.judged.total)]
    if len(rated) < _TWO_YEARS:
        return ""
    first, last = rated[0], rated[-1]
    return translations.gettext(
        "Positive in {first_year}: {first}, in {last_year}: {last}.",
        first_year=translations.year(int(first.subject)),
        first=_positive(first, translations),
        last_year=translations.year(int(last.subject)),
        last=_positive(last, translations),
    )


def _positive(counts: SentimentCounts, translations: Translations) -> Markdown:
    return share_of_reviews(counts.judged.positive, counts.judged.total, translations)


def word_cloud(found: WordsOfReviews, translations: Translations) -> WordCloud | None:
    """Show the words that most reviews use, the larger the more; None if they use none that can be shown."""
    if not found.words:
        return None
    name = plain(found.subject)
    counted = reviews_read(found, translations)
    most_used = in_words(found, translations)
    return WordCloud(
        title=translations.gettext("{name}: the words of its reviews", name=name),
        subtitle=translations.gettext("In {reviews}", reviews=counted),
        alt=alt(
            translations.gettext("Word cloud of the reviews of {name}.", name=name),
            translations.gettext(
                "The words that set {reviews} apart: {words}.", reviews=counted, words=most_used
            ),
        ),
        filename=filename("words", found.subject),
        words=tuple(Word(word, count) for word, count in found.words),
    )

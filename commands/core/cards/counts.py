"""Counts that several cards show."""

from localization.markdown import Markdown, bold
from localization.translations import Translations
from store.results import ReviewDates, SentimentCounts

# Steam rates no game of fewer reviews either.
FEWEST_FOR_A_SHARE = 10
# A share that is not the whole is never rounded to 100%.
_MOST_OF_SOME = 99


def reviews(count: int, translations: Translations) -> Markdown:
    """'1 review', '2 reviews'."""
    return translations.ngettext("{count} review", "{count} reviews", count)


def part_of_reviews(
    part: float, total: int, translations: Translations, *, is_bold: bool = False
) -> Markdown:
    """'92% of 1,148 reviews', or '3 of 4 reviews' where they are too few for a share.

    Args:
        part: How many of the reviews it is; only of a share that was rounded no whole number.
        total: How many reviews there are, one at least.
        translations: The reader's language.
        is_bold: Whether the first figure is set off.
    """
    shown = share_of_reviews(part, total, translations) or translations.number(round(part))
    return translations.gettext(
        "{part} of {reviews}", part=bold(shown) if is_bold else shown, reviews=reviews(total, translations)
    )


def recommended_in(part: float, total: int, translations: Translations, *, is_bold: bool = False) -> Markdown:
    """'Recommended in 92% of 1,148 reviews', or 'in 3 of 4 reviews'; see `part_of_reviews`."""
    counted = reviews(total, translations)
    percent = share_of_reviews(part, total, translations)
    if percent:
        return translations.gettext(
            "Recommended in {percent} of {reviews}",
            percent=bold(percent) if is_bold else percent,
            reviews=counted,
        )
    count = translations.number(round(part))
    return translations.gettext(
        "Recommended in {count} of {reviews}", count=bold(count) if is_bold else count, reviews=counted
    )


def share_of_reviews(part: float, total: int, translations: Translations) -> Markdown:
    """'92%'; empty where the reviews are too few for a share to say anything.

    All or none of the reviews are never said of a share that is merely nearly so.
    """
    if not allows_share(total):
        return Markdown("")
    percent = round(100 * part / total)
    if 0 < part < total:
        percent = min(max(percent, 1), _MOST_OF_SOME)
    return translations.percent(percent)


def allows_share(total: int) -> bool:
    """Return whether there are enough reviews for a share of them to say anything."""
    return total >= FEWEST_FOR_A_SHARE


def players(count: int, translations: Translations) -> Markdown:
    """'1 player', '2 players'."""
    return translations.ngettext("{count} player", "{count} players", count)


def unknown(translations: Translations) -> Markdown:
    """Return what stands for a figure that the data do not give, which is not 0."""
    return translations.gettext("unknown")


def owners(count: int, translations: Translations) -> Markdown:
    """Return how many own a game; unknown for 0, since somebody may own what no library of the data has."""
    return players(count, translations) if count else unknown(translations)


def games(count: int, translations: Translations) -> Markdown:
    """'1 game', '2 games'."""
    return translations.ngettext("{count} game", "{count} games", count)


def tone(counts: SentimentCounts, translations: Translations) -> Markdown:
    """Return a line: how many reviews are positive, neutral and negative in tone."""
    return translations.gettext(
        "{positive} positive, {neutral} neutral, {negative} negative in tone",
        positive=translations.number(counts.judged.positive),
        neutral=translations.number(counts.judged.neutral),
        negative=translations.number(counts.judged.negative),
    )


def date_notes(dates: ReviewDates | None, translations: Translations) -> tuple[str, ...]:
    """Return a note on reviews whose year is inferred, if there are any."""
    if dates is None or not dates.inferred:
        return ()
    if dates.inferred == dates.reviews:
        return (translations.gettext("Year inferred: the reviews give only the day"),)
    return (
        translations.gettext(
            "Year inferred for {inferred} of {reviews}",
            inferred=translations.number(dates.inferred),
            reviews=reviews(dates.reviews, translations),
        ),
    )


def unjudged_notes(counts: SentimentCounts, translations: Translations) -> tuple[str, ...]:
    """Return a note on reviews whose tone is not judged, if there are any."""
    if not counts.unjudged:
        return ()
    return (
        translations.ngettext(
            "{count} review is not in English: no tone",
            "{count} reviews are not in English: no tone",
            counts.unjudged,
        ),
    )

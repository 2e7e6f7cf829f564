"""Counts that several cards show."""

from localization.markdown import Markdown
from localization.translations import Translations
from store.results import ReviewDates, SentimentCounts


def reviews(count: int, translations: Translations) -> Markdown:
    """'1 review', '2 reviews'."""
    return translations.ngettext("{count} review", "{count} reviews", count)


def players(count: int, translations: Translations) -> Markdown:
    """'1 player', '2 players'."""
    return translations.ngettext("{count} player", "{count} players", count)


def unknown(translations: Translations) -> Markdown:
    """What stands for a figure that the data do not give, which is not 0."""
    return translations.gettext("unknown")


def owners(count: int, translations: Translations) -> Markdown:
    """How many own a game; unknown of one that the libraries lack, which somebody may have all the same."""
    return players(count, translations) if count else unknown(translations)


def games(count: int, translations: Translations) -> Markdown:
    """'1 game', '2 games'."""
    return translations.ngettext("{count} game", "{count} games", count)


def tone(counts: SentimentCounts, translations: Translations) -> Markdown:
    """One line: how many reviews are positive, neutral and negative in tone."""
    return translations.gettext(
        "{positive} positive, {neutral} neutral, {negative} negative in tone",
        positive=translations.number(counts.judged.positive),
        neutral=translations.number(counts.judged.neutral),
        negative=translations.number(counts.judged.negative),
    )


def date_notes(dates: ReviewDates | None, translations: Translations) -> tuple[str, ...]:
    """A note on reviews whose year is inferred, if there are any."""
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
    """A note on reviews whose tone is not judged, if there are any."""
    if not counts.unjudged:
        return ()
    return (
        translations.ngettext(
            "{count} review is not in English: no tone",
            "{count} reviews are not in English: no tone",
            counts.unjudged,
        ),
    )

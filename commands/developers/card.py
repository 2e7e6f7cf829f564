"""Cards about developers."""

from commands.core.card import Card
from commands.core.rankings import developer_ranking
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Translations
from store.results import DeveloperRanking, DeveloperReport, DeveloperYear, YearBasis


def developer(report: DeveloperReport, translations: Translations) -> Card:
    """A developer's releases by year, and how many of them are free."""
    total = sum(year.items for year in report.years)
    free = sum(year.free_items for year in report.years)
    summary = join(
        [
            translations.ngettext("{count} release", "{count} releases", total),
            translations.gettext(
                "{percent} free", percent=translations.percent(100 * free / total if total else 0)
            ),
        ]
    )
    return Card(
        title=escape(report.developer),
        lines=(summary, Markdown("")),
        rows=tuple(_year(year, translations) for year in report.years),
    )


def _year(entry: DeveloperYear, translations: Translations) -> Markdown:
    return join(
        [
            bold(translations.year(entry.year)),
            translations.ngettext("{count} release", "{count} releases", entry.items),
            translations.gettext("{percent} free", percent=translations.percent(entry.free_percent)),
        ]
    )


def best_developers(
    ranking: DeveloperRanking, year: int, basis: YearBasis, translations: Translations
) -> Card:
    """The developers whose games were recommended most in, or of, a year."""
    shown = translations.year(year)
    if basis is YearBasis.RELEASED:
        title = translations.gettext("Best developers of the games released in {year}", year=shown)
    else:
        title = translations.gettext("Best developers by the reviews of {year}", year=shown)
    return Card(
        title=title,
        lines=developer_ranking(ranking, translations),
        notes=(translations.gettext("Counted: reviews that recommend the game and are positive in tone"),),
    )

"""Cards about developers."""

from commands.core.card import Card
from commands.core.counts import date_notes
from commands.core.rankings import developer_ranking
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Translations
from store.results import DeveloperRanking, DeveloperReport, DeveloperYear, YearBasis


def developer(report: DeveloperReport, translations: Translations) -> Card:
    """A developer's releases by year, and how many of them are free."""
    everything = DeveloperYear(
        year=None,
        items=sum(year.items for year in report.years),
        free_items=sum(year.free_items for year in report.years),
        unpriced_items=sum(year.unpriced_items for year in report.years),
        undated_items=sum(year.undated_items for year in report.years),
    )
    notes = []
    if everything.unpriced_items:
        notes.append(translations.gettext("What has no known price does not count as free"))
    if everything.undated_items:
        notes.append(
            translations.ngettext(
                "The year of {count} release is all that is known of its date",
                "The year of {count} releases is all that is known of their dates",
                everything.undated_items,
            )
        )
    return Card(
        title=escape(report.developer),
        lines=(join(_figures(everything, translations)), Markdown("")),
        rows=tuple(
            join([bold(translations.year(year.year)), *_figures(year, translations)]) for year in report.years
        ),
        notes=tuple(notes),
    )


def _figures(entry: DeveloperYear, translations: Translations) -> list[Markdown]:
    figures = [translations.ngettext("{count} release", "{count} releases", entry.items)]
    if entry.unpriced_items < entry.items:
        figures.append(
            translations.gettext("{percent} free", percent=translations.percent(entry.free_percent))
        )
    if entry.unpriced_items:
        figures.append(_unpriced(entry, translations))
    return figures


def _unpriced(entry: DeveloperYear, translations: Translations) -> Markdown:
    if entry.unpriced_items == entry.items:
        return translations.price(None)
    return translations.gettext("price unknown of {count}", count=translations.number(entry.unpriced_items))


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
        lines=developer_ranking(ranking, translations) or (translations.gettext("No review says so."),),
        notes=(
            translations.gettext("Counted: reviews that recommend the game and are positive in tone"),
            *date_notes(ranking.dates, translations),
        ),
    )

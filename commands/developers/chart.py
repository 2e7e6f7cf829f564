"""Charts about developers."""

from charts.axes import fill_year_gaps, label_ticks, round_ticks, year_label
from charts.labels import alt, filename, plain
from charts.specs import BarChart, ColourRole, Series
from localization.markdown import Markdown, join
from localization.translations import Translations
from store.results import DeveloperReport


def releases_by_year(report: DeveloperReport, translations: Translations) -> BarChart:
    """Show a developer's releases by year, the free ones apart, with their share above each bar.

    The report needs a year at least.
    """
    years = fill_year_gaps(((entry.year, (entry.items, entry.free_items)) for entry in report.years), (0, 0))
    most = max(entry.items for entry in report.years)
    return BarChart(
        title=translations.gettext("{developer}: releases by year", developer=plain(report.developer)),
        subtitle=_subtitle(report, translations),
        alt=_alt(report, translations),
        filename=filename("releases", report.developer),
        labels=tuple(year_label(year) for year, _ in years),
        series=(
            Series(
                translations.gettext("Not free"),
                tuple(n - n_free for _, (n, n_free) in years),
                ColourRole.ACCENT,
            ),
            Series(
                translations.gettext("Free"), tuple(n_free for _, (_, n_free) in years), ColourRole.CONTRAST
            ),
        ),
        ticks=label_ticks(round_ticks(most, whole=True), translations),
        bar_labels=tuple(
            translations.percent(100 * n_free / n) if n_free else "" for _, (n, n_free) in years
        ),
        last_apart=years[-1][0] is None,
    )


def _subtitle(report: DeveloperReport, translations: Translations) -> Markdown:
    """Count the releases: all, those without a price, and whether some are of no known year."""
    items = _items(report)
    unpriced = sum(entry.unpriced_items for entry in report.years)
    parts = [
        translations.ngettext("{count} release", "{count} releases", items),
        translations.gettext("{percent} free", percent=_free_share(report, translations)),
    ]
    if unpriced:
        parts.append(
            translations.gettext("{count} without a known price", count=translations.number(unpriced))
        )
    if any(entry.year is None for entry in report.years):
        parts.append(translations.gettext("?: year unknown"))
    return join(parts)


def _alt(report: DeveloperReport, translations: Translations) -> str:
    """Describe the chart to those who cannot see it."""
    most = max(report.years, key=lambda entry: entry.items)
    return alt(
        translations.ngettext(
            "Bar chart: {count} release of {developer}, {percent} of them free.",
            "Bar chart: {count} releases of {developer}, {percent} of them free.",
            _items(report),
            developer=plain(report.developer),
            percent=_free_share(report, translations),
        ),
        translations.gettext(
            "Most in a year: {number} ({year}).",
            number=translations.number(most.items),
            year=translations.year(most.year),
        ),
    )


def _items(report: DeveloperReport) -> int:
    return sum(entry.items for entry in report.years)


def _free_share(report: DeveloperReport, translations: Translations) -> Markdown:
    free = sum(entry.free_items for entry in report.years)
    return translations.percent(100 * free / _items(report))

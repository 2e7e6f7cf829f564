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
    items = sum(entry.items for entry in report.years)
    free = sum(entry.free_items for entry in report.years)
    share = translations.percent(100 * free / items)
    most = max(report.years, key=lambda entry: entry.items)
    unpriced = sum(entry.unpriced_items for entry in report.years)
    no_price = (
        translations.gettext("{count} without a known price", count=translations.number(unpriced))
        if unpriced
        else Markdown("")
    )
    unknown = translations.gettext("?: year unknown") if years[-1][0] is None else Markdown("")
    counted = translations.ngettext("{count} release", "{count} releases", items)
    name = plain(report.developer)
    return BarChart(
        title=translations.gettext("{developer}: releases by year", developer=name),
        subtitle=join([counted, translations.gettext("{percent} free", percent=share), no_price, unknown]),
        alt=alt(
            translations.ngettext(
                "Bar chart: {count} release of {developer}, {percent} of them free.",
                "Bar chart: {count} releases of {developer}, {percent} of them free.",
                items,
                developer=name,
                percent=share,
            ),
            translations.gettext(
                "Most in a year: {number} ({year}).",
                number=translations.number(most.items),
                year=translations.year(most.year),
            ),
        ),
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
        ticks=label_ticks(round_ticks(most.items, whole=True), translations),
        bar_labels=tuple(
            translations.percent(100 * n_free / n) if n_free else "" for _, (n, n_free) in years
        ),
        last_apart=years[-1][0] is None,
    )

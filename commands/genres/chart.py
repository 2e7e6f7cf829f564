"""Charts about genres."""

from charts.axes import fill_year_gaps, label_ticks, round_ticks, year_label
from charts.labels import alt, filename, whole_hours
from charts.specs import BarChart, ColourRole, Series
from commands.core.cards.described import in_chart
from localization.markdown import Markdown, join
from localization.translations import Translations
from store.results import GenreHours


def hours_by_release_year(found: GenreHours, translations: Translations) -> BarChart:
    """Show the hours that everybody played games of a genre, by the year these were released in.

    There must be a year at least.
    """
    by_year = found.by_release_year
    years = fill_year_gaps(((entry.year, entry.hours) for entry in by_year), 0.0)
    total = sum(entry.hours for entry in by_year)
    most = max(by_year, key=lambda entry: entry.hours)
    title = translations.gettext("{genre}: hours by release year", genre=in_chart(found.genre, translations))
    unknown = translations.gettext("?: year unknown") if years[-1][0] is None else Markdown("")
    in_all = translations.gettext("{hours} of all players", hours=whole_hours(total, translations))
    return BarChart(
        title=title,
        subtitle=join([in_all, unknown]),
        alt=alt(
            translations.gettext("Bar chart: {title}. {in_all}.", title=title, in_all=in_all),
            translations.gettext(
                "Most: {hours} in games of {year}.",
                hours=whole_hours(most.hours, translations),
                year=translations.year(most.year),
            ),
        ),
        filename=filename("genre", found.genre),
        y_title=translations.gettext("Hours"),
        labels=tuple(year_label(year) for year, _ in years),
        series=(
            Series(translations.gettext("Hours"), tuple(hours for _, hours in years), ColourRole.ACCENT),
        ),
        ticks=label_ticks(round_ticks(most.hours), translations),
        last_apart=years[-1][0] is None,
    )

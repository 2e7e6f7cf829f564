"""Charts about genres."""

from charts.labels import alt, filename, plain, ticks, whole_hours, year_label
from charts.scale import round_ticks, without_holes
from charts.specs import Bars, Series, Tone
from localization.markdown import Markdown, join
from localization.translations import Translations
from store.results import GenreHours


def hours_by_release_year(found: GenreHours, translations: Translations) -> Bars:
    """Show the hours that everybody played games of a genre, by the year these were released in.

    There must be a year at least.
    """
    by_year = found.by_release_year
    years = without_holes(((entry.year, entry.hours) for entry in by_year), 0.0)
    total = sum(entry.hours for entry in by_year)
    most = max(by_year, key=lambda entry: entry.hours)
    title = translations.gettext("{genre}: hours by release year", genre=plain(found.genre))
    unknown = translations.gettext("?: year unknown") if years[-1][0] is None else Markdown("")
    in_all = translations.gettext("{hours} of all players", hours=whole_hours(total, translations))
    return Bars(
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
        series=(Series(translations.gettext("Hours"), tuple(hours for _, hours in years), Tone.ACCENT),),
        ticks=ticks(round_ticks(most.hours), translations),
        apart=years[-1][0] is None,
    )

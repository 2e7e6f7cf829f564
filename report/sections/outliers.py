"""Values far from the others."""

import numpy as np

from report.blocks import Column, Kind, Section, Table, Values
from report.data import ReportData
from report.measures import Fences, fences
from report.measures import Values as Numbers
from report.wording import Wording


def section(data: ReportData, words: Wording) -> Section:
    """Show how many values the rule of the interquartile range calls outliers."""
    title = words.gettext("Outliers")
    found = variables(data, words)
    if not found:
        return Section(
            "outliers", title, lead=words.gettext("These data have no figures to look for outliers in.")
        )
    most = max(found, key=lambda name: found[name].above / found[name].values)
    summary = words.gettext(
        "{variable} has the largest share above its fence: {share}.",
        variable=most,
        share=words.share(found[most].above, found[most].values),
    )
    played = _played(data)
    if len(played):
        of_logarithm = fences(np.log10(played))
        summary += " " + words.gettext(
            "The same rule on the logarithm of playtime finds {share} outliers, below and above.",
            share=words.share(of_logarithm.below + of_logarithm.above, len(played)),
        )
    return Section(
        "outliers",
        title,
        (
            Table(
                "outlier-fences", words.gettext("Values outside of the fences"), _table(found, words), summary
            ),
        ),
        lead=words.gettext(
            "The rule is Tukey's: a value is an outlier if it lies more than 1.5 times the interquartile"
            " range below the first quartile or above the third. Outliers are counted, not removed."
        ),
    )


def _table(found: dict[str, Fences], words: Wording) -> Values:
    columns = (
        Column("variable", words.gettext("Variable"), Kind.TEXT),
        Column("values", words.gettext("Values")),
        Column("lower_quartile", words.gettext("Q1"), Kind.NUMBER),
        Column("upper_quartile", words.gettext("Q3"), Kind.NUMBER),
        Column("upper", words.gettext("Upper fence"), Kind.NUMBER),
        Column("below", words.gettext("Below")),
        Column("above", words.gettext("Above")),
        Column("share", words.gettext("Share above"), Kind.SHARE),
    )
    return Values(columns, tuple(_row(name, entry) for name, entry in found.items()))


def variables(data: ReportData, words: Wording) -> dict[str, Fences]:
    """Return the fences of every variable that has values, by its name."""
    columns = {
        words.gettext("Price in US dollars"): data.listed["price_cents"].dropna() / 100,
        words.gettext("Hours in a played game"): _played(data) / 60,
        words.gettext("Games in a library"): data.players.loc[data.players["owned"] > 0, "owned"],
        words.gettext("Reviews of a reviewer"): data.players.loc[data.players["reviews"] > 0, "reviews"],
        words.gettext("Characters of a review"): data.reviews.loc[data.reviews["length"] > 0, "length"],
        words.gettext("Owners of a game"): data.games.loc[data.games["owners"] > 0, "owners"],
    }
    values = {name: np.asarray(column, np.float64) for name, column in columns.items()}
    return {name: fences(column) for name, column in values.items() if len(column)}


def _played(data: ReportData) -> Numbers:
    return data.minutes[data.minutes > 0].astype(np.float64)


def _row(name: str, found: Fences) -> tuple[str | float, ...]:
    return (
        name,
        found.values,
        *(round(figure, 2) for figure in (found.lower_quartile, found.upper_quartile, found.upper)),
        found.below,
        found.above,
        found.above / found.values,
    )

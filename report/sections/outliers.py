"""Values far from the others."""

import numpy as np

from report import say
from report.data import ReportData
from report.measures import Fences, Values, fences
from report.page import Section, Table


def section(data: ReportData) -> Section:
    """Tell how many values the rule of the interquartile range calls outliers, and the highest."""
    found = variables(data)
    most = max(found, key=lambda name: found[name].above / found[name].values)
    return Section(
        "outliers",
        "Outliers",
        (
            Table(
                caption="Values outside of the fences",
                columns=("Variable", "Values", "Q1", "Q3", "Upper fence", "Below", "Above", "Highest"),
                rows=tuple(_row(name, entry) for name, entry in found.items()),
                sentence=f"{most} has the largest share above its fence:"
                f" {say.share(found[most].above, found[most].values)}."
                " The same rule on the logarithm of playtime finds"
                f" {say.share(_logarithmic(data), len(_played(data)))} outliers, below and above.",
            ),
        ),
        lead="The rule is Tukey's: a value is an outlier if it lies more than 1.5 times the"
        " interquartile range below"
        " the first quartile or above the third. Outliers are counted, not removed.",
    )


def variables(data: ReportData) -> dict[str, Fences]:
    """Return the fences of every variable that has values, by its name."""
    columns = {
        "Price in dollars": data.listed["price_cents"].dropna() / 100,
        "Hours in a played game": _played(data) / 60,
        "Games in a library": data.players.loc[data.players["owned"] > 0, "owned"],
        "Reviews of a reviewer": data.players.loc[data.players["reviews"] > 0, "reviews"],
        "Characters of a review": data.reviews.loc[data.reviews["length"] > 0, "length"],
        "Owners of a game": data.games.loc[data.games["owners"] > 0, "owners"],
    }
    values = {name: np.asarray(column, np.float64) for name, column in columns.items()}
    return {name: fences(column) for name, column in values.items() if len(column)}


def _played(data: ReportData) -> Values:
    return data.minutes[data.minutes > 0].astype(np.float64)


def _logarithmic(data: ReportData) -> int:
    played = _played(data)
    if not len(played):
        return 0
    found = fences(np.log10(played))
    return found.below + found.above


def _row(name: str, found: Fences) -> tuple[str, ...]:
    figures = (found.lower_quartile, found.upper_quartile, found.upper)
    return (
        name,
        say.number(found.values),
        *(say.number(figure, 2) for figure in figures),
        say.number(found.below),
        f"{say.number(found.above)} ({say.share(found.above, found.values)})",
        say.number(found.highest, 2),
    )

"""Releases by year."""

import pandas as pd

from report.blocks import Plot, Section, Values
from report.plots.bars import columns as upright
from report.plots.derivations import Grouping, Measure
from report.sections.columns import game_column, games_in
from report.wording import Wording


def section(games: pd.DataFrame, words: Wording) -> Section:
    """Show how many games came out each year, and how many of the year is unknown."""
    grouping = Grouping("year", (Measure("games", "count"), Measure("owners", "sum", "owners")))
    columns = (game_column(words, "year"), games_in(words), game_column(words, "owners"))
    rows = grouping.rows(games)
    return Section(
        "releases",
        words.gettext("Releases by year"),
        (
            Plot(
                "releases-by-year",
                words.gettext("Games by release year"),
                words.gettext(
                    "The last bar are games whose year is unknown. The data end within their last year,"
                    " which may look small for that."
                ),
                _summary(games, words),
                Values(columns, rows),
                upright(columns[1]),
                derivation=grouping.as_dict(),
            ),
        ),
    )


def _summary(games: pd.DataFrame, words: Wording) -> str:
    known = games["year"].dropna().astype(int)
    unknown = words.gettext(
        "Of {unknown} games the year is unknown.", unknown=words.number(len(games) - len(known))
    )
    if known.empty:
        return unknown
    counts = known.value_counts().sort_index()
    peak = int(known.mode().iloc[0])
    return " ".join(
        (
            words.gettext(
                "Most came out in {year}: {games}.",
                year=str(peak),
                games=words.ngettext("{count} game", "{count} games", int(counts[peak])),
            ),
            words.gettext(
                "Half of those whose year is known are of {year} or later.", year=str(int(known.median()))
            ),
            unknown,
        )
    )

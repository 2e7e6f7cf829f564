"""What goes together."""

import numpy as np
import pandas as pd

from charts.specs import Cell, Heatmap
from report import say
from report.data import ReportData
from report.measures import Correlation, spearman
from report.page import CaptionedChart, Section, Table

# A share of fewer reviews than these is mostly chance.
LEAST_REVIEWS = 5
_COLUMNS = ("owners", "playtime", "reviews", "liked", "price", "year")


def variables(data: ReportData) -> pd.DataFrame:
    """Return a row for each game of the games file that somebody owns, and a column for each variable."""
    games = data.listed
    games = games[(games["kind"].astype(str) == "game") & (games["owners"] > 0)]
    liked = (games["recommended"] / games["reviews"]).where(games["reviews"] >= LEAST_REVIEWS)
    columns = (
        games["owners"],
        games["minutes_median"],
        games["reviews"],
        liked,
        games["price_cents"],
        games["release_year"],
    )
    return pd.DataFrame({name: column.astype(float) for name, column in zip(_COLUMNS, columns, strict=True)})


def section(data: ReportData) -> Section:
    """Tell the rank correlation of each pair of variables."""
    frame = variables(data)
    pairs = [pair for pair in spearman(frame) if not np.isnan(pair.rho)]
    named = ", ".join(f"{pair.one} and {pair.other} {pair.rho:.2f}" for pair in pairs)
    spec = Heatmap(
        title="Rank correlations of games",
        subtitle="Spearman's rho: 1 rise together, -1 opposed, 0 unrelated",
        alt=f"Table of rank correlations: {named}.",
        columns=_COLUMNS,
        rows=_COLUMNS,
        cells=_cells(pairs),
    )
    return Section(
        "correlations",
        "Correlations",
        (CaptionedChart(spec, _sentence(pairs)), _table(pairs)),
        lead=f"Over {say.count(len(frame), 'game', 'games')} of the games file that somebody owns;"
        f" playtime is"
        " the median of those who played, liked the share of reviews that recommend the game, where"
        " there are at"
        f" least {LEAST_REVIEWS}. A correlation says nothing of causes.",
    )


def _cells(pairs: list[Correlation]) -> tuple[tuple[Cell, ...], ...]:
    rho = {(pair.one, pair.other): pair.rho for pair in pairs}
    rho |= {(other, one): value for (one, other), value in rho.items()}

    def cell(one: str, other: str) -> Cell:
        value = rho.get((one, other))
        return Cell("", 0) if value is None else Cell(f"{value:.2f}", value)

    return tuple(tuple(cell(one, other) for other in _COLUMNS) for one in _COLUMNS)


def _sentence(pairs: list[Correlation]) -> str:
    if not pairs:
        return "There are too few games to tell."
    strongest = max(pairs, key=lambda pair: abs(pair.rho))
    weakest = min(pairs, key=lambda pair: abs(pair.rho))
    opposed = min(pairs, key=lambda pair: pair.rho)
    sentence = (
        f"The strongest is between {strongest.one} and {strongest.other} ({strongest.rho:.2f}, over"
        f" {say.number(strongest.rows)} games), the weakest between {weakest.one} and {weakest.other}"
        f" ({weakest.rho:.2f})."
    )
    if opposed.rho < 0 and opposed != strongest:
        sentence += f" Most opposed are {opposed.one} and {opposed.other} ({opposed.rho:.2f})."
    return sentence


def _table(pairs: list[Correlation]) -> Table:
    ordered = sorted(pairs, key=lambda pair: -abs(pair.rho))
    return Table(
        caption="Pairs, strongest first",
        columns=("Pair", "Rho", "Games"),
        rows=tuple((f"{p.one} and {p.other}", f"{p.rho:.3f}", say.number(p.rows)) for p in ordered),
    )

"""What goes together."""

import numpy as np
import pandas as pd

from report.blocks import Column, Kind, Plot, Section, Table, Values
from report.data import ReportData
from report.measures import Correlation, spearman
from report.plots.axes import field
from report.wording import Wording

# A share of fewer reviews than these is mostly chance.
LEAST_REVIEWS = 5
# A correlation over fewer games is withheld.
LEAST_GAMES = 30


def variables(data: ReportData) -> pd.DataFrame:
    """Return a row for each game of the games file that somebody owns, and a column for each variable."""
    games = data.listed
    games = games[(games["kind"] == "game") & (games["owners"] > 0)]
    return pd.DataFrame(
        {
            "owners": games["owners"].astype(float),
            "playtime": games["minutes_median"],
            "reviews": games["reviews"].astype(float),
            "liked": games["liked"].where(games["reviews"] >= LEAST_REVIEWS),
            "price": games["price_cents"],
            "year": games["release_year"],
        }
    )


def section(data: ReportData, words: Wording) -> Section:
    """Show the rank correlation of each pair of variables."""
    title = words.gettext("Correlations")
    frame = variables(data).rename(columns=_names(words))
    pairs = [pair for pair in spearman(frame) if pair.rows >= LEAST_GAMES and not np.isnan(pair.rho)]
    if not pairs:
        return Section(
            "correlations", title, lead=words.gettext("There are too few games to tell what goes together.")
        )
    return Section(
        "correlations",
        title,
        (_plot(pairs, list(frame.columns), words), _table(pairs, words)),
        lead=words.gettext(
            "Over {games} of the games file that somebody owns; playtime is the median of those who played,"
            " liked the share of reviews that recommend the game, where there are at least {count}. A"
            " correlation says nothing of causes.",
            games=words.ngettext("{count} game", "{count} games", len(frame)),
            count=words.number(LEAST_REVIEWS),
        ),
    )


def _names(words: Wording) -> dict[str, str]:
    return {
        "owners": words.gettext("owners"),
        "playtime": words.gettext("playtime"),
        "reviews": words.gettext("reviews"),
        "liked": words.gettext("liked"),
        "price": words.gettext("price"),
        "year": words.gettext("year"),
    }


def _plot(pairs: list[Correlation], order: list[str], words: Wording) -> Plot:
    columns = (
        Column("one", words.gettext("Variable"), Kind.TEXT),
        Column("other", words.gettext("Other variable"), Kind.TEXT),
        Column("rho", words.gettext("Rho"), Kind.NUMBER),
    )
    both = [(p.one, p.other, p.rho) for p in pairs] + [(p.other, p.one, p.rho) for p in pairs]
    rows = tuple((one, other, round(rho, 2)) for one, other, rho in both)
    return Plot(
        "correlation-matrix",
        words.gettext("Rank correlations of games"),
        words.gettext("Spearman's rho: 1 rise together, -1 opposed, 0 unrelated; the stronger, the darker."),
        _sentence(pairs, words),
        Values(columns, rows),
        field(columns[0], columns[1], columns[2], order),
    )


def _sentence(pairs: list[Correlation], words: Wording) -> str:
    strongest = max(pairs, key=lambda pair: abs(pair.rho))
    weakest = min(pairs, key=lambda pair: abs(pair.rho))
    opposed = min(pairs, key=lambda pair: pair.rho)
    sentence = words.gettext(
        "The strongest is between {one} and {other} ({rho}, over {games} games), the weakest between"
        " {weak_one} and {weak_other} ({weak_rho}).",
        one=strongest.one,
        other=strongest.other,
        rho=words.number(strongest.rho, 2),
        games=words.number(strongest.rows),
        weak_one=weakest.one,
        weak_other=weakest.other,
        weak_rho=words.number(weakest.rho, 2),
    )
    if opposed.rho < 0 and opposed != strongest:
        sentence += " " + words.gettext(
            "Most opposed are {one} and {other} ({rho}).",
            one=opposed.one,
            other=opposed.other,
            rho=words.number(opposed.rho, 2),
        )
    return sentence


def _table(pairs: list[Correlation], words: Wording) -> Table:
    columns = (
        Column("pair", words.gettext("Pair"), Kind.TEXT),
        Column("rho", words.gettext("Rho"), Kind.NUMBER),
        Column("games", words.gettext("Games")),
    )
    ordered = sorted(pairs, key=lambda pair: -abs(pair.rho))
    return Table(
        "correlation-pairs",
        words.gettext("Pairs, strongest first"),
        Values(
            columns,
            tuple((words.listing([p.one, p.other]), round(p.rho, 3), p.rows) for p in ordered),
        ),
    )
